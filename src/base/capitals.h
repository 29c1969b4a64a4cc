/* SPDX-License-Identifier: Apache-2.0 */
/* capitals.h: amounts in Chinese capitals (正确填写票据和结算凭证的基本规定): 整 after 元 and 角, never after 分. */
#ifndef CAPITALS_H
#define CAPITALS_H
#include "base/base.h"
str fen_capitals(arena *a, int64_t fen);  /* 123456: 壹仟贰佰叁拾肆元伍角陆分; 0: 零元整; a negative one begins with 负 */
#endif
