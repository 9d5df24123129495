#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# embed.sh BUNDLE OUT.c: carry a file inside an object, through the assembler.
set -eu
path=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cat > "$2" <<END
// Made by profiles/embed.sh. Do not edit.
#include "lib/base/bundle.h"
__asm__(".section .rodata\n"
        ".balign 16\n"
        "crate_bundle_start:\n"
        ".incbin \"$path\"\n"
        "crate_bundle_end:\n"
        ".byte 0\n"
        ".text\n");
extern const char crate_bundle_start[], crate_bundle_end[];
CrateText
crate_bundle(void)
{
  return (CrateText){crate_bundle_start,
                     (size_t)(crate_bundle_end - crate_bundle_start)};
}
END
