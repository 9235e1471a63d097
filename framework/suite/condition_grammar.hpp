#pragma once
#include "suite/condition.hpp"

namespace seedbed {

/// What came of reading a condition. Where it cannot be read, `expected` says what should stand at
/// byte `failed_at`.
struct ParsedCondition {
  std::vector<Condition::Step> steps;
  std::string expected;
  std::size_t failed_at = 0;
};

/// Names are not looked up yet. Never throws.
ParsedCondition parse_condition(const std::string& text);

}  // namespace seedbed
