#include <fmt/format.h>

#include <seedbed/error.hpp>

#include "cli/completion.hpp"
#include "loader/nearest.hpp"

namespace seedbed {
namespace {

constexpr const char* bash = R"sh(# Completion of seedbed for bash: eval "$(seedbed completion bash)"
_seedbed() {
  local IFS=$'\n' typed=${COMP_WORDS[COMP_CWORD]} line
  local -a said
  said=($("${COMP_WORDS[0]/#\~/$HOME}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ "$typed" = "=" ] && typed=
  COMPREPLY=()
  case ${said[0]} in
    words) for line in "${said[@]:1}"; do COMPREPLY+=("${line%%$'\t'*}"); done ;;
    folders) COMPREPLY=($(compgen -d -- "$typed")) ;;
    files*)
      COMPREPLY=($(compgen -d -- "$typed"))
      for line in $(compgen -f -X "!*${said[0]#files }" -- "$typed"); do
        [ -d "$line" ] || COMPREPLY+=("$line")
      done ;;
  esac
  [ "${said[0]}" = words ] || compopt -o filenames 2>/dev/null
  return 0
}
complete -F _seedbed seedbed
)sh";

constexpr const char* zsh = R"sh(#compdef seedbed
# Completion of seedbed for zsh: eval "$(seedbed completion zsh)", after compinit
_seedbed() {
  local -a said described
  said=("${(@f)$("${words[1]/#\~/$HOME}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  local kind=$said[1] line
  shift said
  case $kind in
    words)
      for line in $said; do described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}"); done
      _describe seedbed described ;;
    folders) compset -P '*='; _files -/ ;;
    files*) compset -P '*='; _files -g "*${kind#files }(-.)" ;;
  esac
}
if [ "$funcstack[1]" = "_seedbed" ]; then
  _seedbed "$@"
else
  compdef _seedbed seedbed
fi
)sh";

constexpr const char* fish = R"sh(# Completion of seedbed for fish: seedbed completion fish | source
function __seedbed
  set --local words (commandline --tokenize --cut-at-cursor --current-process)
  set --local typed (commandline --current-token --cut-at-cursor)
  set --local said ($words[1] complete -- $words[2..] "$typed" 2>/dev/null)
  set --local path (string replace --regex '^--[^=]*=' '' -- "$typed")
  set --local before (string match --regex '^--[^=]*=' -- "$typed")
  switch "$said[1]"
    case words
      printf '%s\n' $said[2..]
    case folders
      printf "$before%s\n" (__fish_complete_directories "$path" '')
    case 'files*'
      set --local suffix (string replace 'files ' '' -- "$said[1]")
      printf "$before%s\n" (__fish_complete_directories "$path" '')
      for file in $path*$suffix
        test -d $file; or printf '%s\n' "$before$file"
      end
  end
end
complete --command seedbed --no-files --arguments '(__seedbed)'
)sh";

}  // namespace

std::string completion_script(const std::string& shell) {
  if (shell == "bash") return bash;
  if (shell == "zsh") return zsh;
  if (shell == "fish") return fish;
  const std::string near = nearest(shell, {"bash", "zsh", "fish"});
  throw Error(fmt::format("seedbed completion: expected a shell (bash, zsh, fish), got '{}'{}",
                          shell, near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

}  // namespace seedbed
