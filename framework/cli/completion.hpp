#pragma once
#include <string>
#include <vector>

#include "cli/verb.hpp"

namespace seedbed {

/// What fits at the end of a command line under way.
struct Completion {
  enum class Kind {
    words,    ///< `candidates`; none of them: nothing fits
    files,    ///< files whose names end in `suffix`, and folders on the way
    folders,  ///< folders
  };
  struct Candidate {
    std::string word, doc;
  };
  Kind kind = Kind::words;
  std::string suffix;
  std::vector<Candidate> candidates;
};

/// `words` come behind `seedbed`, the last one is being typed and may be empty. An option's value
/// may be a word of its own, or come behind `=` in the same word or in the next (as bash has it).
/// Verbs, options and their values come from the table of verbs. A value's name in it says what
/// there is: DIR, FILE, SUITE, LIBRARY, RUN; `a|b|c` one of these; PLUGIN, ESTIMATOR and KIND the
/// plugins that are found now, also below a --plugin-path of the line. Offers nothing for any
/// other, and never throws for wrong words.
Completion complete(const std::vector<std::string>& words);

/// As lines for a shell: `words`, `folders` or `files SUFFIX`; then `word<TAB>doc` for each.
std::string text_of(const Completion& completion);

/// The script that makes a shell ask `seedbed complete`. Throws Error for a shell that is none of
/// bash, zsh and fish.
std::string completion_script(const std::string& shell);

}  // namespace seedbed
