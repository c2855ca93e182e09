// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_report.h"

#include "app/cli/text_table.h"
#include "core/util/counted.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr::cli {

namespace {

/// Numbers of images by their use.
struct Counts {
    std::size_t labelled = 0;
    std::size_t unlabelled = 0;
    std::size_t tests = 0;
};

Counts countsOf(const Dataset &dataset) {
    Counts counts;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        ++(dataset.label(sample) == Dataset::unlabelled ? counts.unlabelled : counts.labelled);
        counts.tests += dataset.isTestSample(sample) ? 1 : 0;
    }
    return counts;
}

std::string sizeText(const ImageSize &size) {
    return std::to_string(size.width) + " × " + std::to_string(size.height);
}

std::string sizesText(const DatasetReport &report) {
    const bool isOneSize =
        report.smallest.width == report.largest.width && report.smallest.height == report.largest.height;
    return isOneSize ? sizeText(report.largest) + " pixels"
                     : sizeText(report.smallest) + " to " + sizeText(report.largest) +
                           " pixels; median of the shorter sides: " + std::to_string(report.usualSide);
}

std::string classesText(const DatasetReport &report) {
    constexpr std::size_t most = 20;
    if (report.classNames.empty())
        return "none";
    std::string text = std::to_string(report.classNames.size()) + ": ";
    for (std::size_t i = 0; i < std::min(most, report.classNames.size()); ++i)
        text +=
            (i == 0 ? "" : ", ") + report.classNames[i] + " (" + std::to_string(report.classCounts[i]) + ")";
    return report.classNames.size() > most ? text + ", …" : text;
}

Json sizeJson(const ImageSize &size) {
    return Json::array({size.width, size.height});
}

} // namespace

std::string dataText(const Dataset &dataset) {
    const DatasetReport &report = dataset.report();
    const Counts counts = countsOf(dataset);
    std::string text = printable(report.title) + "\n";
    const auto line = [&text](const std::string &title, const std::string &value) {
        text += title + ": " + printable(value) + "\n";
    };
    line("form", report.kind);
    line("source", toValidUtf8(report.source));
    line("images", std::to_string(report.images) + ", " + std::to_string(counts.labelled) +
                       " with a label and " + std::to_string(counts.unlabelled) + " without");
    line("test images", report.hasTestSplit ? std::to_string(counts.tests) + ", defined by the source"
                                            : "not defined by the source");
    line("classes", classesText(report));
    line("size", sizesText(report));
    for (const std::string &column : dataset.columnNames())
        line("column", column);
    line("fingerprint", dataset.fingerprint());
    for (const Message &note : report.notes)
        line("note", toText(note));
    if (report.brokenCount > 0)
        line("left out",
             counted(static_cast<std::int64_t>(report.brokenCount), "broken file", "broken files"));
    return text;
}

Json dataJson(const Dataset &dataset) {
    const DatasetReport &report = dataset.report();
    const Counts counts = countsOf(dataset);
    Json classes = Json::array();
    for (std::size_t i = 0; i < report.classNames.size(); ++i)
        classes.push_back({{"name", report.classNames[i]}, {"images", report.classCounts[i]}});
    Json notes = Json::array();
    for (const Message &note : report.notes)
        notes.push_back(toText(note));
    Json broken = Json::array();
    for (const BrokenFile &file : report.broken)
        broken.push_back({{"path", file.name}, {"reason", file.reason}});
    return {{"form", report.kind},
            {"title", report.title},
            {"source", report.source},
            {"images", report.images},
            {"labelled", counts.labelled},
            {"unlabelled", counts.unlabelled},
            {"test_images", counts.tests},
            {"has_test_split", report.hasTestSplit},
            {"classes", std::move(classes)},
            {"columns", dataset.columnNames()},
            {"smallest", sizeJson(report.smallest)},
            {"largest", sizeJson(report.largest)},
            {"usual_side", report.usualSide},
            {"fingerprint", dataset.fingerprint()},
            {"notes", std::move(notes)},
            {"left_out_count", report.brokenCount},
            {"left_out", std::move(broken)}};
}

} // namespace simclr::cli
