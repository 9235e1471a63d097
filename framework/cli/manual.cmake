# The manual page and the completions, from the table of verbs, where the tools look for them.
set(share ${CMAKE_BINARY_DIR}/share)
set(pages man/man1/seedbed.1 bash-completion/completions/seedbed
  zsh/vendor-completions/_seedbed fish/vendor_completions.d/seedbed.fish)
add_custom_command(TARGET seedbed POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/man/man1 ${share}/bash-completion/completions
    ${share}/zsh/vendor-completions ${share}/fish/vendor_completions.d
  COMMAND seedbed man > ${share}/man/man1/seedbed.1
  COMMAND seedbed completion bash > ${share}/bash-completion/completions/seedbed
  COMMAND seedbed completion zsh > ${share}/zsh/vendor-completions/_seedbed
  COMMAND seedbed completion fish > ${share}/fish/vendor_completions.d/seedbed.fish
  VERBATIM)
foreach(page ${pages})
  get_filename_component(folder ${page} DIRECTORY)
  install(FILES ${share}/${page} DESTINATION share/${folder} COMPONENT program)
endforeach()
