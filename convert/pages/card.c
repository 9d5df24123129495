// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/card.h"
#include "base/terminal.h"
#include "convert/pages/metrics.h"
#include "convert/pages/text.h"
#include "validate/report_escape.h"

/// What a card shows of many.
enum { MOST_VALUES = 50, MOST_ROWS = 200 };

typedef struct Card {
  CrateBuffer *buffer;
  const CrateBook *book;
  const CrateProvenance *provenance;
  uint32_t subject;
  size_t written; ///< Values in a row.
} Card;

/// CommonMark 2.4: a backslash before what has a meaning. In the middle of a
/// line, which is where these stand, '.' and '-' have none.
static void
add_escaped(CrateBuffer *buffer, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    if (c && strchr("\\`*_[]<>&#|!~$@", c)) {
      crate_buffer_add_byte(buffer, '\\');
    }
    crate_buffer_add_byte(buffer, c);
  }
}

/// One line; line breaks and tabs are spaces, other controls are shown.
static void
add_text(CrateBuffer *buffer, CrateText text)
{
  const CrateText shown = crate_text_cut(text, CRATE_PAGE_TEXT);
  CrateText rest = shown;
  while (rest.size) {
    CrateBuffer tamed;
    size_t end = 0;
    while (end < rest.size && !memchr("\t\r\n", rest.data[end], 3)) {
      ++end;
    }
    crate_buffer_init(&tamed, buffer->world);
    crate_terminal_escape(&tamed, crate_text_slice(rest, 0, end));
    add_escaped(buffer, crate_buffer_text(&tamed));
    if (crate_buffer_status(&tamed) && !buffer->status) {
      buffer->status = crate_buffer_status(&tamed);
    }
    crate_buffer_clear(&tamed);
    if (end < rest.size) {
      crate_buffer_add_byte(buffer, ' ');
    }
    rest = crate_text_slice(rest, end + 1u, rest.size);
  }
  if (shown.size < text.size) {
    crate_buffer_print(buffer, "\xE2\x80\xA6 *(cut here: %zu bytes in all)*",
                       text.size);
  }
}

/// A name, linked where there is somewhere to go on any machine.
static void
add_link(CrateBuffer *buffer, CrateText name, CrateText target)
{
  if (!crate_page_is_link(target)) {
    add_text(buffer, name);
    return;
  }
  crate_buffer_add_byte(buffer, '[');
  add_text(buffer, name);
  crate_buffer_add_string(buffer, "](<");
  crate_page_href(buffer, target);
  crate_buffer_add_string(buffer, ">)");
}

static CrateStatus
add_value(void *handle, const CrateJson *value)
{
  Card *const card = handle;
  const uint32_t target = crate_book_target(card->book, value);
  const CrateText id = crate_book_id(value);
  const CrateText text = crate_book_text(value);
  if (card->written >= MOST_VALUES) {
    return CRATE_OK;
  }
  crate_buffer_add_string(card->buffer, card->written++ ? "; " : "");
  if (target != CRATE_NO_ENTRY) {
    add_link(card->buffer, crate_book_name(card->book, target), id);
  } else if (crate_book_is_node(value) && id.size) {
    add_link(card->buffer, id, id);
  } else if (crate_is_link(text)) {
    add_link(card->buffer, text, text);
  } else if (crate_book_is_node(value)) {
    add_text(card->buffer, crate_book_text(crate_book_get_in(card->book, value,
                                                             CRATE_WORD_NAME)));
  } else {
    add_text(card->buffer, text);
  }
  return CRATE_OK;
}

/// The values of a word of the subject; of the whole, where the subject is a
/// part and says nothing.
static CrateStatus
add_word(Card *card, CrateWord word)
{
  const CrateBook *const book = card->book;
  const bool own = crate_book_get(book, card->subject, word) != NULL;
  card->written = 0;
  CRATE_TRY(crate_book_each_of(book, own ? card->subject : book->root, word,
                               add_value, card));
  crate_buffer_add_string(card->buffer,
                          own ? "" : " (of the crate as a whole)");
  return CRATE_OK;
}

typedef enum {
  ABOUT,
  USE,
  TRAINING,
  EVALUATION,
  LIMITATIONS,
  LICENCE,
  CITATION,
  PROVENANCE,
  SECTIONS,
} Section;

static const char *const titles[SECTIONS] = {
  "What it is",  "Intended use", "Training data", "Evaluation",
  "Limitations", "Licence",      "Citation",      "Provenance",
};

/// Whose card is expected to say something.
enum { NOBODY, MODELS, ALL };

/// What a card says, in order.
static const struct {
  Section section;
  CrateWord word;
  const char *label;
  unsigned expected;
} facts[] = {
  {ABOUT, CRATE_WORD_IDENTIFIER, "Identifier", ALL},
  {ABOUT, CRATE_WORD_VERSION, "Version", ALL},
  {ABOUT, CRATE_WORD_TASK, "Task", MODELS},
  {ABOUT, CRATE_WORD_MODEL_CATEGORY, "Kind of model", MODELS},
  {ABOUT, CRATE_WORD_FINE_TUNED_FROM, "Fine-tuned from", NOBODY},
  {ABOUT, CRATE_WORD_AUTHOR, "Authors", ALL},
  {ABOUT, CRATE_WORD_PUBLISHER, "Publisher", NOBODY},
  {ABOUT, CRATE_WORD_CREATED, "Created", NOBODY},
  {ABOUT, CRATE_WORD_PUBLISHED, "Published", ALL},
  {ABOUT, CRATE_WORD_MODIFIED, "Modified", NOBODY},
  {ABOUT, CRATE_WORD_KEYWORDS, "Keywords", NOBODY},
  {ABOUT, CRATE_WORD_URL, "Web page", NOBODY},
  {USE, CRATE_WORD_INTENDED_USE, "Meant for", ALL},
  {USE, CRATE_WORD_OUT_OF_SCOPE, "Not meant for", NOBODY},
  {USE, CRATE_WORD_USAGE, "How to use it", MODELS},
  {TRAINING, CRATE_WORD_TRAINED_ON, "Trained on", MODELS},
  {TRAINING, CRATE_WORD_VALIDATED_ON, "Validated on", NOBODY},
  {TRAINING, CRATE_WORD_TESTED_ON, "Tested on", MODELS},
  {LIMITATIONS, CRATE_WORD_LIMITATIONS, "Limitations", ALL},
  {LIMITATIONS, CRATE_WORD_BIASES, "Biases", NOBODY},
  {LIMITATIONS, CRATE_WORD_SENSITIVE, "People and society", NOBODY},
  {LIMITATIONS, CRATE_WORD_EMISSIONS, "Emissions", MODELS},
  {LICENCE, CRATE_WORD_LICENSE, "Licence", ALL},
  {CITATION, CRATE_WORD_CITATION, "Cite as", ALL},
};

static bool
is_model(const Card *card)
{
  return card->book->entries[card->subject].kinds & CRATE_KIND_MODEL;
}

/// The facts of a section that are said, and those that should be.
static CrateStatus
add_facts(Card *card, Section section)
{
  for (size_t i = 0; i < sizeof facts / sizeof *facts; ++i) {
    const bool there =
      crate_book_get(card->book, card->subject, facts[i].word) ||
      crate_book_get(card->book, card->book->root, facts[i].word);
    if (facts[i].section != section ||
        (!there && facts[i].expected < (is_model(card) ? MODELS : ALL))) {
      continue;
    }
    crate_buffer_print(card->buffer, "- **%s:** ", facts[i].label);
    if (there) {
      CRATE_TRY(add_word(card, facts[i].word));
    }
    crate_buffer_add_string(card->buffer, there ? "\n" : "not stated\n");
  }
  return CRATE_OK;
}

/// A cell: a line break would end the row, a bar is escaped already.
static void
add_metric(Card *card, const CrateMetric *metric)
{
  crate_buffer_add_string(card->buffer, "| ");
  add_text(card->buffer,
           metric->name.size ? metric->name : CRATE_TEXT("result"));
  crate_buffer_add_string(card->buffer, " | ");
  add_text(card->buffer, metric->value);
  if (metric->unit.size) {
    crate_buffer_add_byte(card->buffer, ' ');
    add_text(card->buffer, metric->unit);
  }
  crate_buffer_add_string(card->buffer, " | ");
  const CrateText data =
    crate_book_words(card->book, metric->source, CRATE_WORD_EVALUATION_DATA);
  add_text(card->buffer, data.size ? data : CRATE_TEXT("not stated"));
  crate_buffer_add_string(card->buffer, " |\n");
}

/// Results of evaluations of this model, or of nobody in particular.
static bool
is_ours(const Card *card, const CrateMetric *metric)
{
  const uint32_t model =
    crate_book_target(card->book, crate_book_get(card->book, metric->source,
                                                 CRATE_WORD_EVALUATED_MODEL));
  return model == CRATE_NO_ENTRY || model == card->subject || !is_model(card);
}

static CrateStatus
add_evaluation(Card *card)
{
  CrateArena arena;
  CrateMetric *metrics = NULL;
  size_t count;
  size_t written = 0;
  crate_arena_init(&arena, card->book->world);
  const CrateStatus status =
    crate_book_metrics(card->book, &arena, &metrics, &count);
  for (size_t i = 0; !status && i < count && written < MOST_ROWS; ++i) {
    if (is_ours(card, &metrics[i])) {
      crate_buffer_add_string(card->buffer, written++
                                              ? ""
                                              : "| Metric | Value | Data |\n"
                                                "| --- | --- | --- |\n");
      add_metric(card, &metrics[i]);
    }
  }
  crate_arena_clear(&arena);
  crate_buffer_add_string(card->buffer, written ? "" : "Not stated.\n");
  return status;
}

/// What relations of an activity are called in a sentence.
static const struct {
  const char *label, *words;
  bool inwards; ///< The activity is what the arrow points to.
} relations[] = {
  {"used", "used", false},           {"instrument", "with", false},
  {"hadPlan", "by the plan", false}, {"wasAssociatedWith", "by", false},
  {"wasInformedBy", "after", false}, {"wasGeneratedBy", "made", true},
};

/// The other ends of one relation of an activity, whose own edges begin at
/// `edge`.
static void
add_relation(Card *card,
             uint32_t activity,
             size_t edge,
             const CrateProvenanceEnds *ends,
             size_t relation)
{
  const CrateProvenance *const all = card->provenance;
  const bool inwards = relations[relation].inwards;
  const size_t to = inwards ? ends->first[activity + 1u] : all->edge_count;
  size_t written = 0;
  for (size_t i = inwards ? ends->first[activity] : edge;
       i < to && written < MOST_VALUES; ++i) {
    const CrateProvenanceEdge *const e =
      &all->edges[inwards ? ends->all[i] : i];
    if (!inwards && e->from != activity) {
      return;
    }
    if (!strcmp(e->label, relations[relation].label)) {
      crate_buffer_add_string(card->buffer, written ? ", " : "; ");
      crate_buffer_add_string(card->buffer,
                              written ? "" : relations[relation].words);
      crate_buffer_add_string(card->buffer, written ? "" : " ");
      add_text(card->buffer, all->nodes[inwards ? e->from : e->to].name);
      ++written;
    }
  }
}

/// What was done, and with what: one line for each activity.
static void
add_activities(Card *card, const CrateProvenanceEnds *ends)
{
  const CrateProvenance *const all = card->provenance;
  size_t written = 0;
  size_t edge = 0;
  for (uint32_t i = 0; i < all->node_count && written < MOST_ROWS; ++i) {
    while (edge < all->edge_count && all->edges[edge].from < i) {
      ++edge;
    }
    if (all->nodes[i].kind != CRATE_PROVENANCE_ACTIVITY) {
      continue;
    }
    ++written;
    crate_buffer_add_string(card->buffer, "- **");
    add_text(card->buffer, all->nodes[i].name);
    crate_buffer_add_string(card->buffer, "**");
    for (size_t r = 0; r < sizeof relations / sizeof *relations; ++r) {
      add_relation(card, i, edge, ends, r);
    }
    crate_buffer_add_byte(card->buffer, '\n');
  }
  crate_buffer_add_string(card->buffer, written ? "" : "Not stated.\n");
}

static CrateStatus
add_provenance(Card *card)
{
  CrateArena arena;
  CrateProvenanceEnds ends;
  crate_arena_init(&arena, card->book->world);
  const CrateStatus status =
    crate_provenance_ends(card->provenance, &arena, &ends);
  if (!status) {
    add_activities(card, &ends);
  }
  crate_arena_clear(&arena);
  return status;
}

static CrateStatus
add_section(Card *card, Section section)
{
  if (section == TRAINING && !is_model(card)) {
    return CRATE_OK; // data are not trained
  }
  crate_buffer_print(card->buffer, "\n## %s\n\n", titles[section]);
  return section == EVALUATION   ? add_evaluation(card)
         : section == PROVENANCE ? add_provenance(card)
                                 : add_facts(card, section);
}

/// A model before the whole it is part of.
static uint32_t
subject_of(const CrateBook *book)
{
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    if (book->entries[i].kinds & CRATE_KIND_MODEL) {
      return i;
    }
  }
  return book->root;
}

/// Name and description, and which other models there are.
static void
add_heading(Card *card)
{
  const CrateBook *const book = card->book;
  const CrateText description =
    crate_book_words(book, card->subject, CRATE_WORD_DESCRIPTION);
  size_t written = 0;
  crate_buffer_add_string(card->buffer, "# ");
  add_text(card->buffer, crate_book_name(book, card->subject));
  crate_buffer_add_string(card->buffer, "\n\nDescription: ");
  add_text(card->buffer,
           description.size ? description : CRATE_TEXT("not stated"));
  crate_buffer_add_byte(card->buffer, '\n');
  for (uint32_t i = card->subject + 1u;
       i < book->entry_count && is_model(card) && written < MOST_VALUES; ++i) {
    if (book->entries[i].kinds & CRATE_KIND_MODEL) {
      crate_buffer_add_string(card->buffer,
                              written++ ? "; " : "\nOther models here: ");
      add_text(card->buffer, crate_book_name(book, i));
    }
  }
  crate_buffer_add_string(card->buffer, written ? "\n" : "");
}

CrateStatus
crate_card_write(CrateBuffer *buffer,
                 const CrateBook *book,
                 const CrateProvenance *provenance)
{
  Card card = {buffer, book, provenance, subject_of(book), 0};
  if (card.subject == CRATE_NO_ENTRY) {
    crate_buffer_add_string(buffer, "# Nothing is described here\n");
    return CRATE_OK;
  }
  add_heading(&card);
  for (Section section = ABOUT; section < SECTIONS; ++section) {
    CRATE_TRY(add_section(&card, section));
  }
  return CRATE_OK;
}
