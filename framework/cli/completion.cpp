#include "cli/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <seedbed/error.hpp>
#include <set>

#include "loader/registry.hpp"

namespace seedbed {
namespace {

bool starts_with(const std::string& text, const std::string& begin) {
  return text.rfind(begin, 0) == 0;
}

void offer(Completion& completion, const std::string& typed, const std::string& word,
           const std::string& doc) {
  if (starts_with(word, typed)) completion.candidates.push_back({word, doc});
}

/// Folders that the line names with --plugin-path.
std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& words) {
  const std::string option = "--plugin-path";
  std::vector<std::filesystem::path> folders;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (starts_with(words[i], option + "="))
      folders.emplace_back(words[i].substr(option.size() + 1));
    else if (words[i] == option)
      folders.emplace_back(words[words[i + 1] == "=" && i + 2 < words.size() ? i + 2 : i + 1]);
  return folders;
}

void offer_plugins(Completion& completion, const std::string& typed, std::uint32_t kind,
                   const std::vector<std::string>& words) {
  std::set<std::string> named;
  try {
    const Registry registry(SearchPath(search_path(plugin_folders(words))));
    for (const Plugin& plugin : registry.plugins())
      if ((!kind || plugin.kind() == kind) && named.insert(std::string(plugin.name())).second)
        offer(completion, typed, std::string(plugin.name()),
              plugin.descriptor->summary ? plugin.descriptor->summary : "");
  } catch (const Error&) {  // a list that cannot be made offers nothing
  }
}

void offer_kinds(Completion& completion, const std::string& typed) {
  for (std::uint32_t kind = 1; !kind_name(kind).empty(); ++kind)
    offer(completion, typed, std::string(kind_name(kind)), "");
}

/// What there is for a value that the table calls `name`, in a line of `words`.
Completion values_named(const std::string& name, const std::string& typed,
                        const std::vector<std::string>& words) {
  Completion completion;
  if (name == "DIR") {
    completion.kind = Completion::Kind::folders;
  } else if (name == "FILE" || name == "SUITE" || name == "LIBRARY" || name.rfind("RUN", 0) == 0) {
    completion.kind = Completion::Kind::files;
    if (name == "SUITE") completion.suffix = ".toml";
    if (name == "LIBRARY") completion.suffix = ".so";
    if (starts_with(name, "RUN")) completion.suffix = ".h5";
  } else if (name == "PLUGIN") {
    offer_plugins(completion, typed, 0, words);
  } else if (name == "ESTIMATOR") {
    offer_plugins(completion, typed, kind_named("estimator"), words);
  } else if (name == "KIND") {
    offer_kinds(completion, typed);
  } else if (name.find('|') != std::string::npos) {
    for (std::size_t at = 0; at <= name.size();) {
      const std::size_t end = std::min(name.find('|', at), name.size());
      offer(completion, typed, name.substr(at, end - at), "");
      at = end + 1;
    }
  }
  return completion;
}

/// "[KIND]" -> "KIND"; the last one again when it repeats ("RUN...") or there are no more.
std::string operand_name(const Verb& verb, std::size_t index) {
  std::vector<std::string> names(1);
  for (const char c : std::string(verb.operands))
    if (c == ' ')
      names.emplace_back();
    else if (c != '[' && c != ']')
      names.back() += c;
  return index < names.size() ? names[index] : "";
}

const Option* option_of(const std::vector<Option>& options, const std::string& word) {
  for (const Option& option : options)
    if (word == "--" + option.long_name() ||
        (!option.letter().empty() && word == "-" + option.letter()))
      return &option;
  return nullptr;
}

/// Whether the words before the last leave an option without its value, and how many operands
/// there were.
struct Before {
  const Option* open = nullptr;
  std::size_t operands = 0;

  Before(const std::vector<Option>& options, const std::vector<std::string>& words) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
      if (words[i] == "=") continue;
      if (open) {
        open = nullptr;
      } else if (starts_with(words[i], "-")) {
        open = option_of(options, words[i]);
        if (open && !*open->value) open = nullptr;
      } else {
        ++operands;
      }
    }
  }
};

Completion complete_option(const std::vector<Option>& options,
                           const std::vector<std::string>& words) {
  const std::string& typed = words.back();
  if (const std::size_t equal = typed.find('='); equal != std::string::npos) {
    const Option* option = option_of(options, typed.substr(0, equal));
    if (!option || !*option->value) return {};
    Completion completion = values_named(option->value, typed.substr(equal + 1), words);
    for (auto& candidate : completion.candidates)
      candidate.word.insert(0, typed.substr(0, equal + 1));
    return completion;
  }
  Completion completion;
  for (const Option& option : options)
    if (!option.internal) offer(completion, typed, "--" + option.long_name(), option.doc);
  return completion;
}

}  // namespace

Completion complete(const std::vector<std::string>& words) {
  Completion completion;
  if (words.empty()) return completion;
  std::string typed = words.back();
  if (words.size() == 1) {
    for (const Verb* verb : verbs())
      if (!verb->internal) offer(completion, typed, verb->name, verb->summary);
    if (!typed.empty()) offer(completion, typed, "--help", "How the program is used");
    if (!typed.empty()) offer(completion, typed, "--version", "Which program this is");
    return completion;
  }
  const auto named = std::find_if(verbs().begin(), verbs().end(),
                                  [&](const Verb* verb) { return verb->name == words[0]; });
  if (named == verbs().end()) return completion;
  const std::vector<Option> options = options_of(**named);
  const Before before(options, words);
  if (typed == "=") typed.clear();
  if (before.open) return values_named(before.open->value, typed, words);
  if (starts_with(typed, "-")) return complete_option(options, words);
  return values_named(operand_name(**named, before.operands), typed, words);
}

std::string text_of(const Completion& completion) {
  if (completion.kind == Completion::Kind::folders) return "folders\n";
  if (completion.kind == Completion::Kind::files) return "files " + completion.suffix + "\n";
  std::string text = "words\n";
  for (const auto& [word, doc] : completion.candidates) text += word + "\t" + doc + "\n";
  return text;
}

}  // namespace seedbed
