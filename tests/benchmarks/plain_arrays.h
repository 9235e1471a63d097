#ifndef PLAIN_ARRAYS_H
#define PLAIN_ARRAYS_H
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What recording is measured against: `steps` rows of trajectories with so many components, as an
   HDF5 file of plain, uncompressed, contiguous arrays. Seconds of H5Dwrite and H5Fclose in *written,
   of fsync in *synced. 0 when it was written. */
int write_plain_arrays(const char* path, uint64_t steps, uint64_t observations, uint64_t actions,
                       double* written, double* synced);

#ifdef __cplusplus
}
#endif
#endif
