#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cctype>
#include <charconv>
#include <cmath>
#include <seedbed/error.hpp>
#include <stdexcept>

#include "loader/nearest.hpp"

namespace seedbed {
namespace {

namespace po = boost::program_options;

po::options_description description_of(const std::vector<Option>& options) {
  po::options_description description("options", 100, 60);
  for (const Option& option : options)
    if (*option.value)
      description.add_options()(
          option.name, po::value<std::vector<std::string>>()->value_name(option.value)->composing(),
          option.doc);
    else
      description.add_options()(option.name, option.doc);
  return description;
}

/// The messages of the library, in ours: what was expected, what was got, the nearest.
[[noreturn]] void refuse(const po::error& error, const Verb& verb) {
  const std::string where = fmt::format("seedbed {}", verb.name);
  if (const auto* unknown = dynamic_cast<const po::unknown_option*>(&error)) {
    std::string word = unknown->get_option_name();
    word.erase(0, std::min(word.find_first_not_of('-'), word.size()));
    word = word.substr(0, word.find('='));
    std::vector<std::string> names;
    for (const Option& option : options_of(verb)) names.push_back(option.long_name());
    const std::string near = nearest(word, names);
    throw Error(fmt::format("{}: expected an option of this verb, got '{}{}'{}", where,
                            word.size() > 1 ? "--" : "-", word,
                            near.empty() ? fmt::format(" (seedbed {} --help lists them)", verb.name)
                                         : fmt::format("; did you mean '--{}'?", near)));
  }
  throw Error(fmt::format("{}: {}", where, error.what()));
}

}  // namespace

Arguments::Arguments(const Verb& verb, const std::vector<std::string>& words) : verb_(&verb) {
  const std::vector<Option> options = options_of(verb);
  const po::options_description description = description_of(options);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    const auto parsed = po::command_line_parser(words).options(description).style(style).run();
    for (const auto& option : parsed.options) {
      if (option.position_key >= 0) {
        operands_.push_back(option.value.at(0));
        continue;
      }
      std::vector<std::string>& values = options_[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  } catch (const po::error& error) {
    refuse(error, verb);
  }
  for (const Option& option : options)
    if (!option.repeats && values(option.long_name()).size() > 1)
      throw Error(fmt::format("seedbed {}: expected --{} once, got it {} times", verb.name,
                              option.long_name(), values(option.long_name()).size()));
}

const std::string& Arguments::operand(std::size_t index) const {
  if (index >= operands_.size()) expect_operands(index + 1, index + 1);
  return operands_[index];
}

void Arguments::expect_operands(std::size_t least, std::size_t most) const {
  const std::size_t n = operands_.size();
  if (n >= least && n <= most) return;
  const std::string got = n == 0     ? "none"
                          : n > most ? fmt::format("'{}', too", operands_[most])
                                     : "too few";
  throw Error(fmt::format("seedbed {}: expected {}, got {}", verb_->name,
                          *verb_->operands ? verb_->operands : "no operand", got));
}

void Arguments::expect_taken(const std::string& option) const {
  const auto options = options_of(*verb_);
  if (std::none_of(options.begin(), options.end(),
                   [&](const Option& taken) { return taken.long_name() == option; }))
    throw std::logic_error(fmt::format("verb '{}' does not take --{}", verb_->name, option));
}

bool Arguments::has(const std::string& option) const {
  expect_taken(option);
  return options_.count(option) != 0;
}

std::string Arguments::value(const std::string& option, const std::string& fallback) const {
  const std::vector<std::string> given = values(option);
  return given.empty() ? fallback : given.back();
}

std::vector<std::string> Arguments::values(const std::string& option) const {
  expect_taken(option);
  const auto found = options_.find(option);
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

std::uint64_t Arguments::number(const std::string& option, std::uint64_t fallback,
                                std::uint64_t low) const {
  if (!has(option)) return fallback;
  const std::string text = value(option);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < low)
    throw Error(fmt::format("seedbed {}: --{}: expected an integer >= {}, got '{}'", verb_->name,
                            option, low, text));
  return number;
}

double Arguments::real(const std::string& option, double fallback) const {
  if (!has(option)) return fallback;
  const std::string text = value(option);
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    throw Error(
        fmt::format("seedbed {}: --{}: expected a number, got '{}'", verb_->name, option, text));
  return number;
}

SearchPath Arguments::plugin_path() const {
  std::vector<std::filesystem::path> given;
  for (const std::string& folder : values("plugin-path")) given.emplace_back(folder);
  return {search_path(given), has("allow-unsafe-plugin-path")};
}

std::vector<std::string> Arguments::plugin_options() const {
  std::vector<std::string> words;
  for (const std::string& folder : values("plugin-path"))
    words.insert(words.end(), {"--plugin-path", folder});
  if (has("allow-unsafe-plugin-path")) words.push_back("--allow-unsafe-plugin-path");
  return words;
}

std::filesystem::path Arguments::output(const std::string& suite) const {
  return has("output") ? std::filesystem::path(value("output"))
                       : std::filesystem::path("results") / suite;
}

}  // namespace seedbed
