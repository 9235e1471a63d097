#include "plain_arrays.h"

#include <fcntl.h>
#include <hdf5.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { block = 65536 }; /* rows in one H5Dwrite */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static hid_t make(hid_t file, const char* name, hid_t type, uint64_t rows, uint64_t columns) {
  const hsize_t shape[] = {rows, columns};
  const hid_t space = H5Screate_simple(2, shape, NULL);
  const hid_t made =
      H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Sclose(space);
  return made;
}

static int write_rows(hid_t dataset, hid_t type, uint64_t first, uint64_t rows, uint64_t columns,
                      const void* data) {
  const hsize_t offset[] = {first, 0}, count[] = {rows, columns};
  const hid_t memory = H5Screate_simple(2, count, NULL), space = H5Dget_space(dataset);
  H5Sselect_hyperslab(space, H5S_SELECT_SET, offset, NULL, count, NULL);
  const herr_t status = H5Dwrite(dataset, type, memory, space, H5P_DEFAULT, data);
  H5Sclose(space);
  H5Sclose(memory);
  return status < 0;
}

int write_plain_arrays(const char* path, uint64_t steps, uint64_t observations, uint64_t actions,
                       double* written, double* synced) {
  const uint64_t columns[] = {observations, actions, 1, 1};
  const char* names[] = {"observation", "action", "reward", "log_prob"};
  double* numbers = malloc(block * observations * sizeof *numbers);
  int64_t* counts = malloc(block * sizeof *counts);
  for (uint64_t i = 0; i < block * observations; ++i) numbers[i] = 1.0 / (double)(i + 1);
  for (int64_t i = 0; i < block; ++i) counts[i] = i;
  const double start = now();
  const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  hid_t datasets[5];
  for (int i = 0; i < 4; ++i)
    datasets[i] = make(file, names[i], H5T_NATIVE_DOUBLE, steps, columns[i]);
  datasets[4] = make(file, "step", H5T_NATIVE_INT64, steps, 1);
  int failed = 0;
  for (uint64_t first = 0; first < steps; first += block) {
    const uint64_t rows = steps - first < block ? steps - first : block;
    for (int i = 0; i < 4; ++i)
      failed |= write_rows(datasets[i], H5T_NATIVE_DOUBLE, first, rows, columns[i], numbers);
    failed |= write_rows(datasets[4], H5T_NATIVE_INT64, first, rows, 1, counts);
  }
  for (int i = 0; i < 5; ++i) H5Dclose(datasets[i]);
  failed |= H5Fclose(file) < 0;
  *written = now() - start;
  const int descriptor = open(path, O_RDONLY);
  failed |= fsync(descriptor) != 0;
  close(descriptor);
  *synced = now() - start - *written;
  free(counts);
  free(numbers);
  return failed;
}
