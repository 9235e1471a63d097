#include "check/examination.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "check/child.hpp"

namespace seedbed {
namespace {

using Json = nlohmann::json;

/// The answer of a child, and the last line that is none.
struct Heard {
  Json answer;
  std::string last;
};

Heard hear(const std::string& output) {
  Heard heard;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string line = output.substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with(answer_mark))
      heard.answer = Json::parse(line.substr(std::strlen(answer_mark)), nullptr, false);
    else if (!line.empty())
      heard.last = line.substr(0, 300);
  }
  return heard;
}

struct Answered {
  Json answer;  ///< An object; or null, and then:
  CaseOutcome outcome;
};

Answered ask(const Inquiry& inquiry, const std::string& name, const Limits& limits) {
  std::vector<std::string> words = words_of(inquiry, "");
  words.insert(words.begin(), "seedbed");
  words.insert(words.end(), {"--in-child", name});
  const Confined child = run_confined(words, limits);
  const Heard heard = hear(child.output);
  Answered answered{heard.answer, {name, {}, child.seconds}};
  if (heard.answer.is_object()) return answered;
  std::string text = child.failure.empty() ? "ended without an answer" : child.failure;
  if (!heard.last.empty()) text += "; its last words: " + heard.last;
  answered.answer = nullptr;
  answered.outcome.verdict = {Result::fail, text};
  return answered;
}

/// Throws what the child was refused with.
void demand_accepted(const Json& answer) {
  if (answer.contains("refused"))
    throw Error(answer["refused"].get<std::string>(), static_cast<Exit>(answer["exit"].get<int>()));
}

CaseOutcome ask_once(const Inquiry& inquiry, const std::string& name, const Limits& limits) {
  Answered answered = ask(inquiry, name, limits);
  if (answered.answer.is_null()) return answered.outcome;
  demand_accepted(answered.answer);
  answered.outcome.verdict = {static_cast<Result>(answered.answer["result"].get<int>()),
                              answered.answer["text"].get<std::string>()};
  return answered.outcome;
}

}  // namespace

Opening open_library(const Inquiry& inquiry, const Limits& limits) {
  Answered answered = ask(inquiry, loading, limits);
  if (answered.answer.is_null())
    throw Error(fmt::format("{}: expected a library that loads, got: {}", inquiry.library.string(),
                            answered.outcome.verdict.text),
                Exit::plugin);
  demand_accepted(answered.answer);
  Opening opening{answered.outcome, {}};
  opening.loads.verdict = {static_cast<Result>(answered.answer["result"].get<int>()),
                           answered.answer["text"].get<std::string>()};
  for (const Json& each : answered.answer["cases"])
    opening.cases.push_back({each["name"].get<std::string>(), each["repeats"].get<bool>()});
  return opening;
}

CaseOutcome try_case(const Inquiry& inquiry, const Listed& listed, const Limits& limits) {
  CaseOutcome first = ask_once(inquiry, listed.name, limits);
  if (!listed.repeats || first.verdict.result != Result::pass) return first;
  ::usleep(1'100'000);  // time(NULL) is another
  CaseOutcome second = ask_once(inquiry, listed.name, limits);
  second.seconds += first.seconds;
  if (second.verdict.result != Result::pass) return second;
  if (second.verdict.text == first.verdict.text)
    second.verdict.text.clear();
  else
    second.verdict = {Result::fail,
                      "law 'same inputs give the same bits': two processes, a second apart, gave "
                      "different numbers (time, an address, or a random number of its own?)"};
  return second;
}

std::vector<std::string> words_of(const Inquiry& inquiry, const std::string& only) {
  std::vector<std::string> words = {"check", inquiry.library.string()};
  if (!only.empty()) words.insert(words.end(), {"--only", only});
  words.insert(words.end(), {"--seed", std::to_string(inquiry.seed)});
  for (const std::string& setting : inquiry.settings) words.insert(words.end(), {"--set", setting});
  for (const auto& folder : inquiry.plugin_path.folders)
    words.insert(words.end(), {"--plugin-path", folder.string()});
  if (inquiry.plugin_path.unsafe_too) words.emplace_back("--allow-unsafe-plugin-path");
  words.insert(words.end(), {"--processes", inquiry.processes.string()});
  return words;
}

}  // namespace seedbed
