#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# embed.sh OUT.c HEADER [FUNCTION FILE]...: carry files inside an object,
# through the assembler. HEADER declares the functions that answer with them.
set -eu
out=$1
cat > "$out" <<END
// Made by profiles/embed.sh. Do not edit.
#include "$2"
END
shift 2
while [ $# -gt 0 ]; do
  path=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
  cat >> "$out" <<END
__asm__(".section .rodata\n"
        ".balign 16\n"
        "$1_start:\n"
        ".incbin \"$path\"\n"
        "$1_end:\n"
        ".byte 0\n"
        ".text\n");
extern const char $1_start[], $1_end[];
CrateText
$1(void)
{
  return (CrateText){$1_start, (size_t)($1_end - $1_start)};
}
END
  shift 2
done
