/* SPDX-License-Identifier: Apache-2.0 */
/* embed.c: finds one of the files inside the program. */
#include "base/embed.h"

const embedded *embed_find(str path)
{
    int low = 0, high = embedded_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int c = str_compare(embedded_files[middle].path, path);
        if (!c) return &embedded_files[middle];
        if (c < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}
