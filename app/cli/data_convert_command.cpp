// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_commands.h"
#include "app/cli/data_report.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/data/convert/conversion.h"
#include "core/util/counted.h"
#include "core/util/files.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ConvertArguments {
    std::string source;
    std::string form = "folder";
    std::string out;
    int shardMegabytes = 256;
    bool json = false;
};

std::string images(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "image", "images");
}

void printResult(const ConvertArguments &arguments, const ConversionReport &report) {
    const std::string out = displayName(arguments.out);
    if (arguments.json) {
        printJson({{"out", out},
                   {"to", arguments.form},
                   {"copied", report.copied},
                   {"encoded", report.encoded},
                   {"left_out", report.broken.size()},
                   {"shards", report.shards},
                   {"table", report.hasLabelTable ? Json("labels.csv") : Json()}});
        return;
    }
    std::cout << printable(out) << ": " << images(report.copied + report.encoded);
    if (report.encoded > 0)
        std::cout << ", of which " << report.encoded << " were encoded as PNG";
    if (report.shards > 0)
        std::cout << ", in " << counted(static_cast<std::int64_t>(report.shards), "shard", "shards");
    std::cout << std::endl;
    if (report.hasLabelTable)
        std::cout << "labels.csv in it says what folders cannot: open it to get all labels and columns"
                  << std::endl;
}

int convert(const ConvertArguments &arguments) {
    const Interrupt interrupt;
    const DatasetPtr dataset =
        openData(arguments.source, interrupt, DatasetNotes::Told, DatasetMemory::InFiles);
    ConversionOptions options;
    options.form = arguments.form == "folder" ? ConvertedForm::Folder : ConvertedForm::WebDataset;
    options.out = arguments.out;
    options.shardBytes = static_cast<std::uint64_t>(arguments.shardMegabytes) * 1'000'000;
    options.stop = interrupt.token();
    std::optional<ConversionReport> report;
    {
        ProgressLine progress;
        options.progress = [&](std::size_t done, std::size_t all) { progress.draw("converting", done, all); };
        report = convertDataset(*dataset, options);
    }
    if (!report) {
        complain("cancelled; nothing was written");
        return exitCancelled;
    }
    complainOfBroken(report->broken, report->broken.size());
    printResult(arguments, *report);
    return report->broken.empty() ? exitDone : exitFailed; // the rest is complete, but not without loss
}

} // namespace

void addDataConvert(CLI::App &data, Action &action) {
    const auto arguments = std::make_shared<ConvertArguments>();
    CLI::App *command = data.add_subcommand(
        "convert",
        "Convert images without loss: files are copied byte by byte, images of arrays become PNG.");
    command->add_option("source", arguments->source, "Images, as for --data of train")->required();
    addDecodingOption(*command);
    command
        ->add_option("--to", arguments->form,
                     "Form: folder (a file for each image) or webdataset (tar files)")
        ->check(CLI::IsMember({"folder", "webdataset"}))
        ->capture_default_str();
    command->add_option("--out", arguments->out, "Folder to create; nothing is overwritten")->required();
    command
        ->add_option("--shard-megabytes", arguments->shardMegabytes,
                     "webdataset: begin a new tar file after so many megabytes")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON instead of text");
    command->footer(
        "Names, classes, the test images, images without labels and further columns of a table are "
        "kept. If an image can no longer be read, the others are written, and the exit status is "
        "1.\n\nExample:\n  simclr data convert mnist/ --to webdataset --out mnist-shards\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return convert(*arguments); }; });
}

} // namespace simclr::cli
