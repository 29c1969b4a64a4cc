/* SPDX-License-Identifier: Apache-2.0 */
/* document_type.h: inside the room: what kind of file this is, by its content. */
#ifndef DOCUMENT_TYPE_H
#define DOCUMENT_TYPE_H
#include "base/base.h"
/* The media type of the file at fd. ERR_INPUT with a sentence: a kind that is not taken, or not what its name says. */
/* May a file of that name come at all? */
MUST_CHECK err document_type_named(arena *a, str name);
MUST_CHECK err document_type_of(arena *a, int fd, str name, str *mime);
#endif
