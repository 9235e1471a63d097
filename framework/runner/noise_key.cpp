#include "runner/noise_key.hpp"

#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>
#include <string>

#include "loader/sha256.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

/// Rationale: 51 bits, since JSON numbers are doubles to many programs; some two of 10 000 cells
/// share their noise with a probability of 2e-8.
std::uint64_t stream_of(Configuration configuration) {
  configuration.record = {};
  return std::stoull(sha256(canonical(configuration)).substr(0, 13), nullptr, 16) | 1;
}

}  // namespace

NoiseKey noise_key(const Suite& suite, std::size_t stage, std::size_t cell,
                   std::uint64_t replicate) {
  return {suite.seed, static_cast<std::uint32_t>(replicate), static_cast<std::uint32_t>(stage),
          suite.common_noise ? 0 : stream_of(suite.stages[stage].cells[cell].configuration)};
}

Noise noise_of(const NoiseKey& key) {
  const Noise noise(key.seed, key.replicate);
  return key.stage == 0 && key.cell == 0 ? noise : noise.stream(key.stage, key.cell);
}

std::string noise_json(const NoiseKey& key) {
  const bool drawn = key.stage != 0 || key.cell != 0;
  return nlohmann::ordered_json{
      {"generator", "Philox4x32-10"},
      {"key", drawn ? "drawn from (seed, replicate) for (stage, cell)" : "(seed, replicate)"},
      {"counter", "(purpose | block << 8, step, episode, iteration)"},
      {"seed", key.seed},
      {"replicate", key.replicate},
      {"stage", key.stage},
      {"cell", key.cell},
      {"pairing", key.cell ? "independent" : "common"}}
      .dump();
}

NoiseKey noise_key_in(const std::string& text, const std::string& where) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const auto number = [&](const char* name, std::uint64_t most) {
    if (json.is_object() && json.contains(name) && json[name].is_number_unsigned())
      if (const auto value = json[name].get<std::uint64_t>(); value <= most) return value;
    throw Error(where + ": /provenance/noise: expected the number '" + name + "', got none",
                Exit::damaged);
  };
  const auto word = [&](const char* name) {
    return static_cast<std::uint32_t>(number(name, 0xFFFFFFFF));
  };
  return {word("seed"), word("replicate"), word("stage"), number("cell", ~std::uint64_t{0})};
}

}  // namespace seedbed
