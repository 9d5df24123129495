// SPDX-License-Identifier: Apache-2.0
// What RDFa pages may use without saying it:
// http://www.w3.org/2011/rdfa-context rdfa-1.1 and, for XHTML 1,
// xhtml-rdfa-1.1. That of HTML is empty.
#include "html/rdfa.h"

#define XHV "http://www.w3.org/1999/xhtml/vocab#"
#define POWDER "http://www.w3.org/2007/05/powder-s#"

typedef struct Row {
  const char *name, *iri;
} Row;

static const Row prefixes[] = {
  {"as", "https://www.w3.org/ns/activitystreams#"},
  {"cc", "http://creativecommons.org/ns#"},
  {"csvw", "http://www.w3.org/ns/csvw#"},
  {"ctag", "http://commontag.org/ns#"},
  {"dc", "http://purl.org/dc/terms/"},
  {"dc11", "http://purl.org/dc/elements/1.1/"},
  {"dcat", "http://www.w3.org/ns/dcat#"},
  {"dcterms", "http://purl.org/dc/terms/"},
  {"dqv", "http://www.w3.org/ns/dqv#"},
  {"duv", "https://www.w3.org/ns/duv#"},
  {"foaf", "http://xmlns.com/foaf/0.1/"},
  {"gr", "http://purl.org/goodrelations/v1#"},
  {"grddl", "http://www.w3.org/2003/g/data-view#"},
  {"ical", "http://www.w3.org/2002/12/cal/icaltzd#"},
  {"jsonld", "http://www.w3.org/ns/json-ld#"},
  {"ldp", "http://www.w3.org/ns/ldp#"},
  {"ma", "http://www.w3.org/ns/ma-ont#"},
  {"oa", "http://www.w3.org/ns/oa#"},
  {"odrl", "http://www.w3.org/ns/odrl/2/"},
  {"og", "http://ogp.me/ns#"},
  {"org", "http://www.w3.org/ns/org#"},
  {"owl", "http://www.w3.org/2002/07/owl#"},
  {"prov", "http://www.w3.org/ns/prov#"},
  {"qb", "http://purl.org/linked-data/cube#"},
  {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
  {"rdfa", "http://www.w3.org/ns/rdfa#"},
  {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
  {"rev", "http://purl.org/stuff/rev#"},
  {"rif", "http://www.w3.org/2007/rif#"},
  {"rr", "http://www.w3.org/ns/r2rml#"},
  {"schema", "http://schema.org/"},
  {"sd", "http://www.w3.org/ns/sparql-service-description#"},
  {"sioc", "http://rdfs.org/sioc/ns#"},
  {"skos", "http://www.w3.org/2004/02/skos/core#"},
  {"skosxl", "http://www.w3.org/2008/05/skos-xl#"},
  {"sosa", "http://www.w3.org/ns/sosa/"},
  {"ssn", "http://www.w3.org/ns/ssn/"},
  {"time", "http://www.w3.org/2006/time#"},
  {"v", "http://rdf.data-vocabulary.org/#"},
  {"vcard", "http://www.w3.org/2006/vcard/ns#"},
  {"void", "http://rdfs.org/ns/void#"},
  {"wdr", "http://www.w3.org/2007/05/powder#"},
  {"wdrs", POWDER},
  {"xhv", XHV},
  {"xml", "http://www.w3.org/XML/1998/namespace"},
  {"xsd", "http://www.w3.org/2001/XMLSchema#"},
};

static const Row terms[] = {
  {"describedby", POWDER "describedby"},
  {"license", XHV "license"},
  {"role", XHV "role"},
};

static const Row xhtml_terms[] = {
  {"alternate", XHV "alternate"},
  {"appendix", XHV "appendix"},
  {"bookmark", XHV "bookmark"},
  {"chapter", XHV "chapter"},
  {"cite", XHV "cite"},
  {"contents", XHV "contents"},
  {"copyright", XHV "copyright"},
  {"first", XHV "first"},
  {"glossary", XHV "glossary"},
  {"help", XHV "help"},
  {"icon", XHV "icon"},
  {"index", XHV "index"},
  {"last", XHV "last"},
  {"meta", XHV "meta"},
  {"next", XHV "next"},
  {"p3pv1", XHV "p3pv1"},
  {"prev", XHV "prev"},
  {"previous", XHV "previous"},
  {"section", XHV "section"},
  {"start", XHV "start"},
  {"stylesheet", XHV "stylesheet"},
  {"subsection", XHV "subsection"},
  {"top", XHV "top"},
  {"up", XHV "up"},
};

static CrateText
find(const Row *rows, size_t count, CrateText name)
{
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_equal_fold(name, crate_text(rows[i].name))) {
      return crate_text(rows[i].iri);
    }
  }
  return (CrateText){NULL, 0};
}

CrateText
crate_rdfa_initial_prefix(CrateText prefix)
{
  return find(prefixes, sizeof prefixes / sizeof *prefixes, prefix);
}

CrateText
crate_rdfa_initial_term(CrateText term, bool is_xhtml1)
{
  const CrateText found = find(terms, sizeof terms / sizeof *terms, term);
  return found.size || !is_xhtml1
           ? found
           : find(xhtml_terms, sizeof xhtml_terms / sizeof *xhtml_terms, term);
}
