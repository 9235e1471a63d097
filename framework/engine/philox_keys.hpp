#pragma once
#include <cstdint>

namespace seedbed {

/// The keys of the ten rounds of Philox4x32: each round adds Weyl's constants to both words
/// (Salmon et al. 2011). One to 64 bits, as vector code reads them.
struct PhiloxKeys {
  std::uint64_t first[10], second[10];

  PhiloxKeys(std::uint32_t word0, std::uint32_t word1) {
    for (int round = 0; round < 10; ++round, word0 += 0x9e3779b9u, word1 += 0xbb67ae85u) {
      first[round] = word0;
      second[round] = word1;
    }
  }
};

}  // namespace seedbed
