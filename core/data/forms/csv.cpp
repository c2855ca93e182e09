// SPDX-License-Identifier: GPL-3.0-or-later
// A table of images: a file with a header and a row for each image, in CSV (RFC 4180) or TSV.
#include "core/data/encoded_opener.h"
#include "core/data/forms/form.h"
#include "core/data/loose_files.h"
#include "core/data/table/label_table.h"
#include "core/util/lower_case.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool recognises(const fs::path &path) {
    const std::string extension = lowerCase(path.extension().native());
    return (extension == ".csv" || extension == ".tsv") && fs::is_regular_file(path);
}

DatasetPtr open(const fs::path &path, const OpenOptions &options) {
    const fs::path file = fs::absolute(path).lexically_normal();
    EncodedSource source = encodedSource("csv", path);
    TableListing table = readLabelTable(file, options.stop);
    source.listing = std::move(table.listing);
    source.files = std::make_shared<LooseFiles>(file.parent_path(), source.listing.images);
    source.columns = std::move(table.columns);
    return openEncodedImages(std::move(source), options);
}

} // namespace

const DataForm csvForm{
    "csv",
    "Table of images (CSV, TSV)",
    "A file `*.csv` or `*.tsv` with a header and a row for each image, in the form described below.",
    recognises,
    open,
};

} // namespace simclr
