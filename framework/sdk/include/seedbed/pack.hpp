#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <seedbed/simd.hpp>

/// Numbers of many lanes as one value: formulas on packs read like formulas on numbers and give
/// each lane the bits of the formula on its numbers.
///
/// Rationale: a formula is a chain in which every operation waits for the one before. A pack is
/// several registers, so that each operation comes several times in a row and the processor has
/// something to do while it waits. A compiler makes one register's chain after the other of a loop:
/// measured, softmax of two actions, 48 lanes: 140 ns as a loop, 47 ns as packs.
namespace seedbed {

template <std::size_t parts, class Real = double>
struct PackMask {
  using Bits = decltype(typename Simd<Real>::Register{} < typename Simd<Real>::Register{});
  Bits part[parts];
};

template <std::size_t parts, class Real>
[[gnu::always_inline]] inline PackMask<parts, Real> operator|(PackMask<parts, Real> a,
                                                              PackMask<parts, Real> b) {
#pragma GCC unroll 8
  for (std::size_t i = 0; i < parts; ++i) a.part[i] |= b.part[i];
  return a;
}
template <std::size_t parts>
[[gnu::always_inline]] inline bool all(PackMask<parts> mask) {
#pragma GCC unroll 8
  for (std::size_t i = 1; i < parts; ++i) mask.part[0] &= mask.part[i];
  return Simd<double>::are_negative(reinterpret_cast<Simd<double>::Register>(mask.part[0]));
}

inline constexpr std::int64_t bits_of_2_52 = 0x4330000000000000, bits_of_fraction = (1LL << 52) - 1;

template <std::size_t parts, class Real = double>
struct Pack {
  using S = Simd<Real>;
  using Register = typename S::Register;
  static constexpr std::size_t size = parts * S::width;
  Register part[parts];

  Pack() = default;
  [[gnu::always_inline]] Pack(Real x) {
    each([&](std::size_t i) { part[i] = S::all(x); });
  }

  template <class Body>
  [[gnu::always_inline]] static void each(Body&& body) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < parts; ++i) body(i);
  }
  /// of(i) is part i.
  template <class Of>
  [[gnu::always_inline]] static Pack made(Of&& of) {
    Pack pack;
    each([&](std::size_t i) { pack.part[i] = of(i); });
    return pack;
  }

  [[gnu::always_inline]] static Pack load(const Real* from) {
    return made([&](std::size_t i) { return S::load(from + i * S::width); });
  }
  [[gnu::always_inline]] void store(Real* to) const {
    each([&](std::size_t i) { S::store(to + i * S::width, part[i]); });
  }

  [[gnu::always_inline]] friend Pack operator+(Pack a, Pack b) {
    return made([&](std::size_t i) { return a.part[i] + b.part[i]; });
  }
  [[gnu::always_inline]] friend Pack operator-(Pack a, Pack b) {
    return made([&](std::size_t i) { return a.part[i] - b.part[i]; });
  }
  [[gnu::always_inline]] friend Pack operator-(Pack a) {
    return made([&](std::size_t i) { return -a.part[i]; });
  }
  [[gnu::always_inline]] friend Pack operator*(Pack a, Pack b) {
    return made([&](std::size_t i) { return a.part[i] * b.part[i]; });
  }
  [[gnu::always_inline]] friend Pack operator/(Pack a, Pack b) {
    return made([&](std::size_t i) { return a.part[i] / b.part[i]; });
  }
  /// a b + c, rounded once.
  [[gnu::always_inline]] friend Pack fma(Pack a, Pack b, Pack c) {
    return made([&](std::size_t i) { return S::fma(a.part[i], b.part[i], c.part[i]); });
  }

  using Mask = PackMask<parts, Real>;
  template <class Of>
  [[gnu::always_inline]] static Mask compared(Of&& of) {
    Mask mask;
    each([&](std::size_t i) { mask.part[i] = of(i); });
    return mask;
  }
  [[gnu::always_inline]] friend Mask operator<(Pack a, Pack b) {
    return compared([&](std::size_t i) { return a.part[i] < b.part[i]; });
  }
  [[gnu::always_inline]] friend Mask operator>(Pack a, Pack b) {
    return b < a;
  }
  [[gnu::always_inline]] friend Mask operator<=(Pack a, Pack b) {
    return b >= a;
  }
  [[gnu::always_inline]] friend Mask operator>=(Pack a, Pack b) {
    return compared([&](std::size_t i) { return a.part[i] >= b.part[i]; });
  }
  [[gnu::always_inline]] friend Mask operator==(Pack a, Pack b) {
    return compared([&](std::size_t i) { return a.part[i] == b.part[i]; });
  }
  /// Where the mask holds a, elsewhere b.
  [[gnu::always_inline]] friend Pack select(Mask where, Pack a, Pack b) {
    return made([&](std::size_t i) { return where.part[i] ? a.part[i] : b.part[i]; });
  }

  [[gnu::always_inline]] friend Pack abs(Pack x) {
    constexpr std::int64_t all_but_sign = INT64_MAX;
    return made(
        [&](std::size_t i) { return reinterpret_cast<Register>(bits(x.part[i]) & all_but_sign); });
  }
  /// b where either is NaN.
  [[gnu::always_inline]] friend Pack min(Pack a, Pack b) {
    return made([&](std::size_t i) { return S::min(a.part[i], b.part[i]); });
  }
  [[gnu::always_inline]] friend Pack max(Pack a, Pack b) {
    return made([&](std::size_t i) { return S::max(a.part[i], b.part[i]); });
  }
  [[gnu::always_inline]] friend Pack sqrt(Pack x) {
    return made([&](std::size_t i) { return S::sqrt(x.part[i]); });
  }

  // Of the bits of x as a whole number.
  [[gnu::always_inline]] friend Pack power_of_last_bits(Pack x) {
    return made([&](std::size_t i) { return S::power(x.part[i]); });
  }
  [[gnu::always_inline]] friend Mask last_bit(Pack x) {
    return compared([&](std::size_t i) { return (bits(x.part[i]) & 1) != 0; });
  }
  [[gnu::always_inline]] friend Pack negated_by_bit_1(Pack x, Pack y) {
    return made([&](std::size_t i) {
      return reinterpret_cast<Register>(bits(x.part[i]) ^ (bits(y.part[i]) & 2) << 62);
    });
  }
  [[gnu::always_inline]] friend Pack plus_in_bits(Pack x, std::int64_t n) {
    return made([&](std::size_t i) { return reinterpret_cast<Register>(bits(x.part[i]) + n); });
  }
  [[gnu::always_inline]] friend Pack exponent_above_2_52(Pack x) {
    return made([&](std::size_t i) {
      return reinterpret_cast<Register>(bits(S::exponent(x.part[i])) | bits_of_2_52);
    });
  }
  [[gnu::always_inline]] friend Pack without_exponent(Pack x) {
    return made([&](std::size_t i) {
      return reinterpret_cast<Register>(bits(x.part[i]) & bits_of_fraction);
    });
  }

 private:
  [[gnu::always_inline]] static typename Mask::Bits bits(Register x) {
    return reinterpret_cast<typename Mask::Bits>(x);
  }
};

// The same of one number.

inline double select(bool where, double a, double b) {
  return where ? a : b;
}
/// b where either is NaN.
inline double max(double a, double b) {
  return a > b ? a : b;
}
/// 2^k of 1.5 * 2^52 + 1023 + k, whose last 11 bits are the exponent of 2^k.
inline double power_of_last_bits(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) << 52);
}
inline bool last_bit(double x) {
  return (std::bit_cast<std::uint64_t>(x) & 1) != 0;
}
/// -x where the last bit but one of y is set.
inline double negated_by_bit_1(double x, double y) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) ^
                               (std::bit_cast<std::uint64_t>(y) & 2) << 62);
}
/// The number whose bits, as a whole number, are n more.
inline double plus_in_bits(double x, std::int64_t n) {
  return std::bit_cast<double>(std::bit_cast<std::int64_t>(x) + n);
}
/// 2^52 + the biased exponent of x >= 0.
inline double exponent_above_2_52(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) >> 52 | bits_of_2_52);
}
/// The bits of the fraction of x alone.
inline double without_exponent(double x) {
  return std::bit_cast<double>(std::bit_cast<std::int64_t>(x) & bits_of_fraction);
}

/// Lanes first .. first+size-1 of rows, as a pack.
template <std::size_t parts>
struct PackOfLanes {
  std::size_t first;

  static Pack<parts> zero() { return 0.0; }
  [[gnu::always_inline]] Pack<parts> load(const double* row) const {
    return Pack<parts>::load(row + first);
  }
  [[gnu::always_inline]] void store(double* row, const Pack<parts>& pack) const {
    pack.store(row + first);
  }
};

/// The same of the last `count` lanes, which may be fewer than its size: what is beyond is 0.
template <std::size_t parts>
struct PackOfLastLanes {
  using S = Simd<double>;
  std::size_t first, count;

  static Pack<parts> zero() { return 0.0; }
  [[gnu::always_inline]] Pack<parts> load(const double* row) const {
    return Pack<parts>::made(
        [&](std::size_t i) { return S::load_some(row + first + i * S::width, in(i)); });
  }
  [[gnu::always_inline]] void store(double* row, const Pack<parts>& pack) const {
    Pack<parts>::each(
        [&](std::size_t i) { S::store_some(row + first + i * S::width, pack.part[i], in(i)); });
  }

 private:
  std::size_t in(std::size_t part) const {
    const std::size_t before = part * S::width;
    return count <= before ? 0 : std::min(count - before, S::width);
  }
};

/// body(lanes) of the lanes 0 .. n-1: as many at once as registers hold, then half of that, then a
/// register's at a time. body is a lambda of (auto lanes); it loads, computes and stores.
template <std::size_t many = 6, class Body>
inline void in_packs(std::size_t n, Body&& body) {
  std::size_t j = 0;
  for (; j + Pack<many>::size <= n; j += Pack<many>::size) body(PackOfLanes<many>{j});
  if constexpr (constexpr std::size_t half = many / 2; half > 1)
    if (j + Pack<half>::size <= n) {
      body(PackOfLanes<half>{j});
      j += Pack<half>::size;
    }
  for (; j + Pack<1>::size <= n; j += Pack<1>::size) body(PackOfLanes<1>{j});
  if (j < n) body(PackOfLastLanes<1>{j, n - j});
}

}  // namespace seedbed
