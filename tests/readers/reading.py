"""What programs of others say is in an HDF5 file: {path: (shape, values in C order)} each."""
import pathlib
import re
import subprocess
import xml.etree.ElementTree

import h5py
import netCDF4
import numpy as np

HDF5 = "{http://hdfgroup.org/HDF5/XML/schema/HDF5-File.xsd}"


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def by_h5py(path):
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            data = item[()]
            if item.dtype == object:
                data = np.array([x.decode() for x in np.ravel(data)], dtype=object)
            found["/" + name] = item.shape, np.ravel(data)
    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def by_netcdf4(path):
    found = {}

    def walk(group):
        for variable in group.variables.values():
            variable.set_auto_mask(False)
            data = np.ravel(np.asarray(variable[...]))
            found[f"{group.path.rstrip('/')}/{variable.name}"] = variable.shape, data
        for below in group.groups.values():
            walk(below)
    with netCDF4.Dataset(path) as file:
        walk(file)
    return found


def numbers_or_texts(text):
    """Quoted strings, or numbers, in the order that a dump prints them."""
    if '"' not in text:
        return np.array([float(x) for x in re.split(r"[\s,]+", text.strip()) if x])
    plain = {'\\"': '"', "\\n": "\n", "\\\\": "\\", "\\t": "\t"}
    return np.array([re.sub(r'\\["nt\\]', lambda m: plain[m[0]], word)
                     for word in re.findall(r'"((?:[^"\\]|\\.)*)"|\b_\b', text, re.DOTALL)], dtype=object)


def by_h5dump(path):
    # Its own format has no UTF-8, its XML has.
    tree = xml.etree.ElementTree.fromstring(run("h5dump", "-x", "-w", "0", "-m", "%.17g", path))
    found = {}
    for dataset in tree.iter(HDF5 + "Dataset"):
        shape = tuple(int(x.get("DimSize")) for x in dataset.find(HDF5 + "Dataspace").iter(
            HDF5 + "Dimension"))
        data = dataset.find(f"{HDF5}Data/{HDF5}DataFromFile")
        found[dataset.get("H5Path")] = shape, numbers_or_texts(
            "" if data is None or data.text is None else data.text)
    return found


def by_ncdump(path):
    """CDL: groups, their dimensions, `name = values ;`. An empty string is printed as '_'."""
    found, groups, sizes, shapes = {}, [], [{}], {}
    text = run("ncdump", "-p", "9,17", path)
    for part in re.finditer(r'(?:[^;{}"]|"(?:[^"\\]|\\.)*")*[;{}]', text, re.DOTALL):
        words = re.sub(r"//[^\n]*", "", part[0]).strip()
        words = re.sub(r"^(dimensions|variables|data):\s*", "", words)
        if opened := re.match(r"group: (\S+) \{", words):
            groups.append(opened[1])
            sizes.append({})
        elif words.endswith("}") and len(groups):
            groups.pop()
            sizes.pop()
        elif size := re.match(r"(\w+) = (?:UNLIMITED ; // \()?(\d+) ;$", words) \
                if not ("/" + "/".join(groups + [words.split()[0]])) in shapes else None:
            sizes[-1][size[1]] = int(size[2])
        elif variable := re.match(r"(?:string|double|int64|ubyte) (\w+)(?:\(([\w, ]*)\))? ;$", words):
            dims = variable[2].split(", ") if variable[2] else []
            shapes["/" + "/".join(groups + [variable[1]])] = tuple(
                next(level[dim] for level in reversed(sizes) if dim in level) for dim in dims)
        elif values := re.match(r"(\w+) =(.*);$", words, re.DOTALL):
            name = "/" + "/".join(groups + [values[1]])
            if name in shapes:
                text = '""' if values[2].strip() == "_" else values[2]
                found[name] = shapes[name], numbers_or_texts(text)
    return {name: found.get(name, (shape, np.array([]))) for name, shape in shapes.items()}


def by_r(path, reader):
    """Written by read_all.R: dimensions come in reverse, values in the same order."""
    found = {}
    for file in pathlib.Path(f"{path}.R", reader).glob("*.dim"):
        shape = tuple(int(x) for x in reversed(file.read_text().split()))
        if file.with_suffix(".txt").exists():
            data = np.array(file.with_suffix(".txt").read_bytes().decode().split("\0")[:-1],
                            dtype=object)
        else:
            data = np.fromfile(file.with_suffix(".bin"))
        found["/" + file.name[:-4].replace("!", "/")] = shape, data
    return found
