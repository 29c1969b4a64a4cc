/* SPDX-License-Identifier: Apache-2.0 */
/* capitals.h: amounts in the Chinese capitals of bills (正确填写票据和结算凭证的基本规定). */
#ifndef CAPITALS_H
#define CAPITALS_H

#include "base/base.h"

/* 123456 fen: 壹仟贰佰叁拾肆元伍角陆分. 整 stands after 元, never after 角 or 分; of any run of zeros
 * inside one 零 is left; 0 is 零元整; a negative amount begins with 负. Without the prefix 人民币. */
str fen_capitals(arena *a, int64_t fen);

#endif
