#include "suite/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "suite/condition_grammar.hpp"
#include "suite/diagnostic.hpp"
#include "suite/label.hpp"

namespace seedbed {
namespace {

using Operand = Condition::Operand;
using Operator = Condition::Operator;

/// Code points in the first `bytes` bytes.
std::size_t points(const std::string& text, std::size_t bytes) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bytes),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

template <class Value>
bool compared(const Value& a, Operator comparison, const Value& b) {
  switch (comparison) {
    case Operator::equal:
      return a == b;
    case Operator::unequal:
      return a != b;
    case Operator::less:
      return a < b;
    case Operator::at_most:
      return a <= b;
    case Operator::greater:
      return a > b;
    default:
      return a >= b;
  }
}

bool compared(const std::string& a, Operator comparison, const std::string& b) {
  const std::optional<double> x = number_of(a), y = number_of(b);
  return x && y ? compared<double>(*x, comparison, *y) : compared<std::string>(a, comparison, b);
}

/// Decides which words are names, and refuses what can never hold.
class Check {
 public:
  Check(const std::string& text, const Vocabulary& vocabulary)
      : text_(text), vocabulary_(vocabulary) {}

  void run(Condition::Step& step) const {
    for (Operand* operand : {&step.left, &step.right})
      operand->is_name = !operand->is_quoted && vocabulary_.contains(operand->text);
    if (!step.left.is_name && !step.right.is_name) refuse_names(step.left);
    if (step.comparison != Operator::equal && step.comparison != Operator::unequal) return;
    if (step.left.is_name && !step.right.is_name) check_label(step.left, step.right);
    if (step.right.is_name && !step.left.is_name) check_label(step.right, step.left);
  }

 private:
  [[noreturn]] void refuse(const Operand& at, const std::string& message,
                           const std::string& hint) const {
    throw ConditionError(text_, points(text_, at.at) + 1, points(at.text, at.text.size()), message,
                         hint);
  }

  [[noreturn]] void refuse_names(const Operand& operand) const {
    std::vector<std::string> names;
    for (const auto& [name, labels] : vocabulary_) names.push_back(name);
    std::string hint = did_you_mean(operand.text, names);
    if (hint.empty()) hint = names.empty() ? "there are none" : "there are: " + listed(names);
    refuse(operand, fmt::format("expected the name of an axis, got '{}'", operand.text), hint);
  }

  void check_label(const Operand& name, const Operand& label) const {
    const std::vector<std::string>& labels = vocabulary_.at(name.text);
    const auto is_it = [&](const std::string& other) {
      return compared(label.text, Operator::equal, other);
    };
    if (labels.empty() || number_of(label.text) || std::ranges::any_of(labels, is_it)) return;
    std::string hint = did_you_mean(label.text, labels);
    if (hint.empty() && labels.size() <= 12) hint = "it has: " + listed(labels);
    refuse(label, fmt::format("'{}' has no value '{}'", name.text, label.text), hint);
  }

  const std::string& text_;
  const Vocabulary& vocabulary_;
};

}  // namespace

ConditionError::ConditionError(const std::string& condition, std::size_t at, std::size_t how_wide,
                               std::string what_is_wrong, std::string what_to_do)
    : Error(fmt::format("condition '{}', column {}: {}{}{}", condition, at, what_is_wrong,
                        what_to_do.empty() ? "" : "; ", what_to_do)),
      column(at),
      width(std::max<std::size_t>(how_wide, 1)),
      message(std::move(what_is_wrong)),
      hint(std::move(what_to_do)) {}

Condition::Condition(const std::string& text, const Vocabulary& vocabulary) {
  const ParsedCondition parsed = parse_condition(text);
  if (!parsed.expected.empty()) {
    const std::size_t column = points(text, std::min(parsed.failed_at, text.size())) + 1;
    const std::string got =
        parsed.failed_at < text.size() ? "'" + text.substr(parsed.failed_at, 20) + "'" : "the end";
    throw ConditionError(text.size() <= 80 ? text : text.substr(0, 77) + "...", column, 1,
                         fmt::format("expected {}, got {}", parsed.expected, got), "");
  }
  steps_ = parsed.steps;
  for (Step& step : steps_)
    if (step.kind == Kind::compare) Check(text, vocabulary).run(step);
}

bool Condition::holds(const LabelOf& label_of) const {
  std::vector<bool> stack;
  const auto value = [&](const Operand& operand) -> std::optional<std::string> {
    return operand.is_name ? label_of(operand.text) : operand.text;
  };
  for (const Step& step : steps_) {
    if (step.kind == Kind::compare) {
      const auto a = value(step.left), b = value(step.right);
      stack.push_back(a && b && compared(*a, step.comparison, *b));
      continue;
    }
    const bool last = stack.back();
    if (step.kind == Kind::negate) {
      stack.back() = !last;
      continue;
    }
    stack.pop_back();
    stack.back() = step.kind == Kind::both ? stack.back() && last : stack.back() || last;
  }
  assert(stack.size() == 1);
  return stack.back();
}

}  // namespace seedbed
