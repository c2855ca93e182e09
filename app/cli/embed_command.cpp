// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/options/parameter.h"
#include "core/run/run_embedding.h"
#include "core/store/foreign_runs.h"
#include "core/util/files.h"

#include <cmath>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct EmbedArguments {
    RunId run = 0;
    DataArguments data;
    std::string out;
    std::string split = "all";
    std::string device;
    OutputOptions output;
};

void print(const EmbedArguments &arguments, const EmbeddedDataset &embedded) {
    const std::string out = displayName(arguments.out);
    const std::string table = displayName(embedded.table);
    if (!arguments.output.json) {
        std::cout << printable(out) << ": " << embedded.images << " × " << embedded.featureSize
                  << " float32, by run " << arguments.run << " at epoch "
                  << numberText(std::round(100 * embedded.epochs) / 100) << "\n"
                  << printable(table) << ": path and label of each row" << std::endl;
        return;
    }
    Json broken = Json::array();
    for (const BrokenFile &file : embedded.broken)
        broken.push_back({{"path", file.name}, {"reason", file.reason}});
    printJson({{"run", arguments.run},
               {"out", out},
               {"table", table},
               {"split", arguments.split},
               {"images", embedded.images},
               {"feature_size", embedded.featureSize},
               {"epoch", wholeOrNot(embedded.epochs)},
               {"device", embedded.device},
               {"left_out", std::move(broken)}});
}

int embed(const EmbedArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    requireEncoder(run); // before images are read
    embeddingTable(arguments.out); // a wrong file name is reported before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(sourceOrThatOfRun(run, arguments.data), interrupt);
    requireOutsideImages(arguments.out, *dataset);
    requireOutsideImages(embeddingTable(arguments.out), *dataset);
    std::optional<EmbeddedDataset> embedded;
    {
        ProgressLine progress;
        EmbedOptions options{arguments.out, arguments.split, arguments.device};
        options.progress = [&](std::size_t done, std::size_t all) { progress.draw("embedding", done, all); };
        embedded = embedDataset(run, *dataset, options, interrupt.token());
    }
    if (!embedded) {
        complain("cancelled; nothing was written");
        return exitCancelled;
    }
    for (const std::string &problem : embedded->problems)
        complain(problem);
    complainOfBroken(embedded->broken, embedded->broken.size());
    print(arguments, *embedded);
    return exitDone;
}

} // namespace

void addEmbed(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<EmbedArguments>();
    CLI::App *command = app.add_subcommand("embed", "Write the representations h of images to a .npy file, "
                                                    "and their paths and labels to a .csv file next to it.");
    command->add_option("run", arguments->run, "Number of the run whose encoder embeds")->required();
    command->add_option("--out", arguments->out, "File to write, ending in .npy")->required();
    addImagesToUse(*command, arguments->data);
    command
        ->add_option("--split", arguments->split,
                     "Split to embed: all, learn (what the encoder learns from), train, validation or test, "
                     "as the run would split the images")
        ->check(CLI::IsMember({"all", "learn", "train", "validation", "test"}))
        ->capture_default_str();
    addDeviceOption(*command, arguments->device);
    addOutputOptions(*command, arguments->output);
    command->footer("Example:\n  simclr embed 3 --data ~/photos --out features.npy\n\n" +
                    std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return embed(*arguments); }; });
}

} // namespace simclr::cli
