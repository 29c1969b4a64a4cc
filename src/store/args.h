/* SPDX-License-Identifier: Apache-2.0 */
/* args.h: ARGS(…) counts up to 40 values and wraps each by ARG; NO_ARGS is none beside the zone. */
#ifndef STORE_ARGS_H
#define STORE_ARGS_H

#define NO_ARGS ((args){0})
#define ARGS_COUNT_( \
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34, a35, a36, a37, a38, a39, a40, n, ...) \
    n
#define ARGS_COUNT(...) \
    ARGS_COUNT_(__VA_ARGS__, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define ARGS_CAT_(a, b) a##b
#define ARGS_CAT(a, b) ARGS_CAT_(a, b)
#define ARGS_1(x) ARG(x)
#define ARGS_2(x, ...) ARG(x), ARGS_1(__VA_ARGS__)
#define ARGS_3(x, ...) ARG(x), ARGS_2(__VA_ARGS__)
#define ARGS_4(x, ...) ARG(x), ARGS_3(__VA_ARGS__)
#define ARGS_5(x, ...) ARG(x), ARGS_4(__VA_ARGS__)
#define ARGS_6(x, ...) ARG(x), ARGS_5(__VA_ARGS__)
#define ARGS_7(x, ...) ARG(x), ARGS_6(__VA_ARGS__)
#define ARGS_8(x, ...) ARG(x), ARGS_7(__VA_ARGS__)
#define ARGS_9(x, ...) ARG(x), ARGS_8(__VA_ARGS__)
#define ARGS_10(x, ...) ARG(x), ARGS_9(__VA_ARGS__)
#define ARGS_11(x, ...) ARG(x), ARGS_10(__VA_ARGS__)
#define ARGS_12(x, ...) ARG(x), ARGS_11(__VA_ARGS__)
#define ARGS_13(x, ...) ARG(x), ARGS_12(__VA_ARGS__)
#define ARGS_14(x, ...) ARG(x), ARGS_13(__VA_ARGS__)
#define ARGS_15(x, ...) ARG(x), ARGS_14(__VA_ARGS__)
#define ARGS_16(x, ...) ARG(x), ARGS_15(__VA_ARGS__)
#define ARGS_17(x, ...) ARG(x), ARGS_16(__VA_ARGS__)
#define ARGS_18(x, ...) ARG(x), ARGS_17(__VA_ARGS__)
#define ARGS_19(x, ...) ARG(x), ARGS_18(__VA_ARGS__)
#define ARGS_20(x, ...) ARG(x), ARGS_19(__VA_ARGS__)
#define ARGS_21(x, ...) ARG(x), ARGS_20(__VA_ARGS__)
#define ARGS_22(x, ...) ARG(x), ARGS_21(__VA_ARGS__)
#define ARGS_23(x, ...) ARG(x), ARGS_22(__VA_ARGS__)
#define ARGS_24(x, ...) ARG(x), ARGS_23(__VA_ARGS__)
#define ARGS_25(x, ...) ARG(x), ARGS_24(__VA_ARGS__)
#define ARGS_26(x, ...) ARG(x), ARGS_25(__VA_ARGS__)
#define ARGS_27(x, ...) ARG(x), ARGS_26(__VA_ARGS__)
#define ARGS_28(x, ...) ARG(x), ARGS_27(__VA_ARGS__)
#define ARGS_29(x, ...) ARG(x), ARGS_28(__VA_ARGS__)
#define ARGS_30(x, ...) ARG(x), ARGS_29(__VA_ARGS__)
#define ARGS_31(x, ...) ARG(x), ARGS_30(__VA_ARGS__)
#define ARGS_32(x, ...) ARG(x), ARGS_31(__VA_ARGS__)
#define ARGS_33(x, ...) ARG(x), ARGS_32(__VA_ARGS__)
#define ARGS_34(x, ...) ARG(x), ARGS_33(__VA_ARGS__)
#define ARGS_35(x, ...) ARG(x), ARGS_34(__VA_ARGS__)
#define ARGS_36(x, ...) ARG(x), ARGS_35(__VA_ARGS__)
#define ARGS_37(x, ...) ARG(x), ARGS_36(__VA_ARGS__)
#define ARGS_38(x, ...) ARG(x), ARGS_37(__VA_ARGS__)
#define ARGS_39(x, ...) ARG(x), ARGS_38(__VA_ARGS__)
#define ARGS_40(x, ...) ARG(x), ARGS_39(__VA_ARGS__)
#define ARGS(...) \
    ((args){(arg[]){ARGS_CAT(ARGS_, ARGS_COUNT(__VA_ARGS__))(__VA_ARGS__)}, ARGS_COUNT(__VA_ARGS__)})

#endif
