/* SPDX-License-Identifier: Apache-2.0 */
/* workbook.h: for tests: a workbook (XLSX) put together from the XML of its rows. */
#ifndef WORKBOOK_H
#define WORKBOOK_H

#include <stdio.h>
#include <zip.h>

#include "base/base.h"

#define WORKBOOK_CELL(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"

/* `rows`: what stands inside <sheetData>; `strings`: the shared texts, "<sst/>" for none. */
static inline void workbook_write(arena *a, const char *path, str rows, const char *strings)
{
    str sheet = str_fmt(a, "<worksheet><sheetData>" SF "</sheetData></worksheet>", SA(rows));
    const struct { const char *name; str bytes; } parts[] = {
        {"xl/workbook.xml", S("<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='a' sheetId='1' r:id='rId1'/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels", S("<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>")},
        {"xl/sharedStrings.xml", str_of(strings)},
        {"xl/worksheets/sheet1.xml", sheet},
    };
    remove(path);
    zip_t *z = zip_open(path, ZIP_CREATE, NULL);
    assert(z);
    for (int i = 0; i < countof(parts); i++) {
        int64_t at = zip_file_add(z, parts[i].name, zip_source_buffer(z, parts[i].bytes.p, (zip_uint64_t)parts[i].bytes.n, 0), 0);
        assert(at >= 0);
    }
    int closed = zip_close(z);
    assert(!closed);
}

#endif
