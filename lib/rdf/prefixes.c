// SPDX-License-Identifier: Apache-2.0
#include "rdf/prefixes.h"
#include "rdf/names.h"
#include "rdf/nquads_write.h"

static const CratePrefix usual_prefixes[] = {
#define PREFIX(prefix, iri)                                                    \
  {                                                                            \
    {prefix, sizeof(prefix) - 1},                                              \
    {                                                                          \
      iri, sizeof(iri) - 1                                                     \
    }                                                                          \
  }
  PREFIX("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
  PREFIX("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
  PREFIX("xsd", "http://www.w3.org/2001/XMLSchema#"),
  PREFIX("owl", "http://www.w3.org/2002/07/owl#"),
  PREFIX("schema", "http://schema.org/"),
  PREFIX("sdo", "https://schema.org/"),
  PREFIX("dct", "http://purl.org/dc/terms/"),
  PREFIX("dcat", "http://www.w3.org/ns/dcat#"),
  PREFIX("prov", "http://www.w3.org/ns/prov#"),
  PREFIX("foaf", "http://xmlns.com/foaf/0.1/"),
  PREFIX("skos", "http://www.w3.org/2004/02/skos/core#"),
  PREFIX("sh", "http://www.w3.org/ns/shacl#"),
  PREFIX("cr", "http://mlcommons.org/croissant/"),
  PREFIX("rai", "http://mlcommons.org/croissant/RAI/"),
  PREFIX("fair4ml", "https://w3id.org/fair4ml#"),
  PREFIX("codemeta", "https://codemeta.github.io/terms/"),
  PREFIX("bioschemas", "https://bioschemas.org/"),
  PREFIX("wfrun", "https://w3id.org/ro/terms/workflow-run#"),
#undef PREFIX
};

const CratePrefix *
crate_prefixes_usual(size_t *count)
{
  *count = sizeof(usual_prefixes) / sizeof(*usual_prefixes);
  return usual_prefixes;
}

CrateStatus
crate_prefixes_check(const CrateWorld *world,
                     const CratePrefix *prefixes,
                     size_t count)
{
  const CrateDiagnostic place = {.code = CRATE_TEXT("invalid-prefix")};
  if (count > CRATE_MOST_PREFIXES) {
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "more than %u prefixes", CRATE_MOST_PREFIXES);
  }
  for (size_t i = 0; i < count; ++i) {
    bool good =
      crate_text_utf8_span(prefixes[i].prefix) == prefixes[i].prefix.size &&
      crate_name_prefix_span(prefixes[i].prefix) == prefixes[i].prefix.size;
    for (size_t k = 0; good && k < i; ++k) {
      good = !crate_text_equal(prefixes[i].prefix, prefixes[k].prefix);
    }
    if (!good) {
      return crate_world_say(world, CRATE_BAD_ARGUMENT, &place,
                             "\"%.*s\" is no prefix, or given twice",
                             CRATE_TEXT_ARG(prefixes[i].prefix));
    }
  }
  return CRATE_OK;
}

/// A local name that needs no escapes: narrower than PN_LOCAL, and enough.
static bool
is_plain_local(CrateText local)
{
  for (size_t i = 0; i < local.size; ++i) {
    const char c = local.data[i];
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '_';
    const bool inner = i > 0 && (c == '-' || (c == '.' && i + 1 < local.size));
    if (!word && !inner) {
      return false;
    }
  }
  return true;
}

size_t
crate_prefixes_find(const CratePrefix *prefixes, size_t count, CrateText iri)
{
  size_t best = 0;
  size_t found = count;
  for (size_t i = 0; i < count; ++i) {
    const CrateText name = prefixes[i].iri;
    if (name.size > best && crate_text_starts(iri, name) &&
        is_plain_local(crate_text_slice(iri, name.size, iri.size))) {
      best = name.size;
      found = i;
    }
  }
  return found;
}

void
crate_prefixes_declare(CrateBuffer *buffer, const CratePrefix *prefix)
{
  crate_buffer_add(buffer, CRATE_TEXT("@prefix "));
  crate_buffer_add(buffer, prefix->prefix);
  crate_buffer_add(buffer, CRATE_TEXT(": "));
  crate_nquads_add_iri(buffer, prefix->iri);
  crate_buffer_add(buffer, CRATE_TEXT(" .\n"));
}
