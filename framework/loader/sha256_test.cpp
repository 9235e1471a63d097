#include "loader/sha256.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <seedbed/error.hpp>

using seedbed::Error;

TEST_CASE("sha256 is the published one") {
  CHECK(seedbed::sha256("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK_THROWS_AS(seedbed::sha256_of_file("/nowhere/file"), Error);
  CHECK_THROWS_AS(seedbed::sha256_of_file("/"), Error);
}

TEST_CASE("the sha256 of a file is that of its contents, however long it is") {
  const auto path =
      std::filesystem::temp_directory_path() / ("sha256-" + std::to_string(::getpid()));
  for (const std::size_t size : {0U, 1U, 4194304U, 4194305U, 67108864U, 67108864U + 4194304U + 4097U}) {
    std::string contents(size, 'x');
    for (std::size_t i = 0; i < size; i += 1000) contents[i] = static_cast<char>(i / 1000);
    std::ofstream(path, std::ios::binary) << contents;
    CHECK(seedbed::sha256_of_file(path) == seedbed::sha256(contents));
  }
  std::filesystem::remove(path);
}
