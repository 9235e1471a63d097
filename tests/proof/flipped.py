"""A copy of a results file with one bit changed in one number: the seal does not cover numbers."""
import shutil

import h5py


def flipped(path, copy, dataset, index=0, bit=0):
    """Copies the file; bit 0 is the lowest of the number at the flat `index` of `dataset`."""
    shutil.copyfile(path, copy)
    with h5py.File(path, "r") as file:
        data = file[dataset]
        size = data.dtype.itemsize
        if data.chunks is None:
            offset = data.id.get_offset()
        else:
            assert data.id.get_num_chunks() == 1
            offset = data.id.get_chunk_info(0).byte_offset
    with open(copy, "r+b") as file:
        file.seek(offset + index * size + bit // 8)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ (1 << bit % 8)]))
    return copy
