#include "suite/condition_grammar.hpp"

#include <boost/spirit/home/x3.hpp>

namespace seedbed {
namespace {

namespace x3 = boost::spirit::x3;
using Kind = Condition::Kind;
using Operator = Condition::Operator;

/// Parentheses nest on the stack, so a condition has a longest length, in bytes.
constexpr std::size_t longest = 2000;

/// The steps so far, and the comparison that is being read.
struct Reading {
  const std::string* text;
  std::vector<Condition::Step> steps;
  Condition::Step now;
};
struct ReadingTag {};

Reading& reading(const auto& context) {
  return x3::get<ReadingTag>(context).get();
}

/// Rationale: the grammar never goes back over what it has taken, so an action that was run stands.
const auto emit = [](Kind kind) {
  return [kind](auto& context) {
    Reading& r = reading(context);
    if (kind == Kind::compare) return r.steps.push_back(r.now);
    r.steps.push_back({kind, Operator::equal, {}, {}});
  };
};

const auto take = [](bool left, bool is_quoted) {
  return [left, is_quoted](auto& context) {
    Reading& r = reading(context);
    const auto& range = x3::_attr(context);
    const auto at = static_cast<std::size_t>(range.begin() - r.text->begin());
    const std::string text(range.begin(), range.end());
    (left ? r.now.left : r.now.right) = Condition::Operand{text, at, is_quoted, false};
  };
};

const auto compare = [](auto& context) { reading(context).now.comparison = x3::_attr(context); };

const auto letter = x3::char_ - x3::char_("()=<>!\"' \t\r\n");
const auto keyword = [](const char* word) { return x3::lexeme[x3::lit(word) >> !letter]; };
const auto bare_word =
    !(keyword("and") | keyword("or") | keyword("not")) >> x3::raw[x3::lexeme[+letter]];

const auto operand = [](bool left) {
  return bare_word[take(left, false)] |
         x3::lexeme[('"' >> x3::raw[*(x3::char_ - '"')][take(left, true)]) > '"'] |
         x3::lexeme[('\'' >> x3::raw[*(x3::char_ - '\'')][take(left, true)]) > '\''];
};

struct Operators : x3::symbols<Operator> {
  Operators() {
    add("=", Operator::equal)("==", Operator::equal)("!=", Operator::unequal)("<", Operator::less)(
        "<=", Operator::at_most)(">", Operator::greater)(">=", Operator::at_least);
  }
} const operators;

const x3::rule<struct EitherTag> either = "a comparison, 'not' or '('";
const x3::rule<struct BothTag> both = "a comparison, 'not' or '('";
const x3::rule<struct FactorTag> factor = "a comparison, 'not' or '('";
const x3::rule<struct LeftTag> left_operand = "the name of an axis, 'not' or '('";
const x3::rule<struct RightTag> right_operand = "a value or the name of an axis";
const x3::rule<struct OperatorTag> comparator = "=, !=, <, <=, > or >=";

const auto left_operand_def = operand(true);
const auto right_operand_def = operand(false);
const auto comparator_def = operators[compare];
const auto factor_def = (keyword("not") > factor)[emit(Kind::negate)] | ('(' > either > ')') |
                        (left_operand > comparator > right_operand)[emit(Kind::compare)];
const auto both_def = factor >> *(keyword("and") > factor)[emit(Kind::both)];
const auto either_def = both >> *(keyword("or") > both)[emit(Kind::either)];

BOOST_SPIRIT_DEFINE(either, both, factor, left_operand, right_operand, comparator)

/// X3 names literals by quoting them.
std::string shown(std::string which) {
  if (which.size() == 3 && which.front() == '"') return std::string("'") + which[1] + "'";
  return which;
}

}  // namespace

ParsedCondition parse_condition(const std::string& text) {
  if (text.size() > longest) return {{}, "at most " + std::to_string(longest) + " bytes", longest};
  Reading reading{&text, {}, {}};
  auto at = text.begin();
  const auto grammar = x3::with<ReadingTag>(std::ref(reading))[x3::eps > either > x3::eoi];
  try {
    x3::phrase_parse(at, text.end(), grammar, x3::ascii::space);
  } catch (const x3::expectation_failure<std::string::const_iterator>& failure) {
    auto where = failure.where();
    while (where != text.end() && std::isspace(static_cast<unsigned char>(*where))) ++where;
    const std::string which = failure.which();
    return {{},
            which == "eoi" ? "'and', 'or' or the end" : shown(which),
            static_cast<std::size_t>(where - text.begin())};
  }
  return {std::move(reading.steps), "", 0};
}

}  // namespace seedbed
