#include "runner/noise_key.hpp"

#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

namespace seedbed {

NoiseKey noise_key(const Suite& suite, std::size_t stage, std::size_t cell,
                   std::uint64_t replicate) {
  return {suite.seed, static_cast<std::uint32_t>(replicate), static_cast<std::uint32_t>(stage),
          suite.common_noise ? 0 : static_cast<std::uint32_t>(cell) + 1};
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
  const auto number = [&](const char* name) {
    if (json.is_object() && json.contains(name) && json[name].is_number_unsigned())
      return json[name].get<std::uint32_t>();
    throw Error(where + ": /provenance/noise: expected the number '" + name + "', got none",
                Exit::damaged);
  };
  return {number("seed"), number("replicate"), number("stage"), number("cell")};
}

}  // namespace seedbed
