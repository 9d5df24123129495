// SPDX-License-Identifier: Apache-2.0
#include "base/letter_case.h"
#include <utf8proc.h>

void
crate_buffer_add_case(CrateBuffer *buffer, CrateText text, bool upper)
{
  const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.data;
  utf8proc_ssize_t left = (utf8proc_ssize_t)text.size;
  while (left > 0) {
    utf8proc_int32_t c;
    const utf8proc_ssize_t size = utf8proc_iterate(at, left, &c);
    if (size <= 0) {
      return; // no UTF-8
    }
    c = upper ? utf8proc_toupper(c) : utf8proc_tolower(c);
    crate_buffer_add_code_point(buffer, (uint32_t)c);
    at += size;
    left -= size;
  }
}
