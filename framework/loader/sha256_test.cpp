#include "loader/sha256.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <seedbed/error.hpp>

#include "loader/sequential_file.hpp"

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
  for (const std::size_t size :
       {0U, 1U, 1048576U, 1048577U, 67108864U, 67108864U + 1048576U + 4097U}) {
    std::string contents(size, 'x');
    for (std::size_t i = 0; i < size; i += 1000) contents[i] = static_cast<char>(i / 1000);
    std::ofstream(path, std::ios::binary) << contents;
    CHECK(seedbed::sha256_of_file(path) == seedbed::sha256(contents));
  }
  seedbed::SequentialFile abandoned(path);  // while it is read ahead
  CHECK(abandoned.next().size() == 1048576);
  std::filesystem::remove(path);
}
