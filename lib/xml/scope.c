// SPDX-License-Identifier: Apache-2.0
// Namespaces in XML 1.0: what prefixes stand for. A declaration hides the one
// before it and uncovers it again, so that each costs the same however many
// there are.
#include "xml/xml.h"

static const CrateXmlBinding xml = {
  .prefix = {"xml", 3},
  .iri = {CRATE_XML_NAMESPACE, sizeof(CRATE_XML_NAMESPACE) - 1}};

CrateStatus
crate_xml_scope_init(CrateXmlScope *scope, const CrateWorld *world)
{
  crate_map_init(&scope->bindings, world);
  return crate_map_put(&scope->bindings, xml.prefix, (uintptr_t)&xml);
}

void
crate_xml_scope_clear(CrateXmlScope *scope)
{
  crate_map_clear(&scope->bindings);
}

static const CrateXmlBinding *
find(const CrateXmlScope *scope, CrateText prefix)
{
  uintptr_t found = 0;
  return crate_map_get(&scope->bindings, prefix, &found)
           ? (const CrateXmlBinding *)found
           : NULL;
}

CrateStatus
crate_xml_scope_enter(CrateXmlScope *scope, CrateXml *element)
{
  for (CrateXmlBinding *b = element->bindings; b; b = b->next) {
    b->hidden = find(scope, b->prefix);
    CRATE_TRY(crate_map_put(&scope->bindings, b->prefix, (uintptr_t)b));
  }
  return CRATE_OK;
}

CrateStatus
crate_xml_scope_leave(CrateXmlScope *scope, const CrateXml *element)
{
  for (const CrateXmlBinding *b = element->bindings; b; b = b->next) {
    CRATE_TRY(crate_map_put(&scope->bindings, b->prefix, (uintptr_t)b->hidden));
  }
  return CRATE_OK;
}

bool
crate_xml_scope_find(const CrateXmlScope *scope,
                     CrateText prefix,
                     CrateText *iri)
{
  const CrateXmlBinding *const found = find(scope, prefix);
  *iri = found ? found->iri : (CrateText){NULL, 0};
  return iri->size || !prefix.size;
}
