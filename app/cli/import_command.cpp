// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/settings.h"
#include "app/cli/text_table.h"
#include "core/run/weights_import.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

/// Usual image size of encoders with the stem for large images.
constexpr std::int64_t largePicture = 224;

struct ImportArguments {
    std::string file;
    DataArguments data{"shapes", {}};
    std::string prefix;
    std::string name;
    std::string normalisation = "none";
    std::vector<std::string> settings;
    OutputOptions output;
};

/// Settings must apply to an encoder that is not trained, and agree with the content of the file.
TrainOptions importedOptions(const std::vector<std::string> &settings, const WeightsDescription &weights) {
    TrainOptions options = optionsFromSettings(settings);
    const auto isSet = [&](const std::string &key) { return hasSetting(settings, key); };
    for (const std::string &key : settingKeys(settings))
        if (isOnlyForTraining(key) || key == "initial_weights")
            throw InvalidInput("import-weights does not train, so that \"" + key + "\" cannot be set");
    if ((isSet("encoder") && options.encoder != weights.encoder) ||
        (isSet("width") && options.width != weights.width) ||
        (isSet("stem") && options.stem != "auto" && options.stem != weights.stem))
        throw InvalidInput("the file contains another encoder than requested: " + weights.text());
    if (!isSet("image_size") && weights.stem == "imagenet")
        options.imageSize = largePicture;
    return options;
}

void print(const ImportArguments &arguments, RunId run, const WeightsDescription &weights,
           const TrainOptions &options) {
    if (arguments.output.json)
        return printJson({{"run", run},
                          {"file", displayName(arguments.file)},
                          {"encoder", weights.encoder},
                          {"width", weights.width},
                          {"stem", weights.stem},
                          {"image_size", options.imageSize},
                          {"normalisation", arguments.normalisation},
                          {"prefix", toValidUtf8(weights.prefix)},
                          {"passed_over", weights.passedOver.size()}});
    std::cout << "run " << run << ": " << printable(weights.text()) << ", for images of " << options.imageSize
              << " × " << options.imageSize << " pixels as RGB in [0, 1]\n";
    if (!weights.passedOver.empty())
        std::cout << weights.passedOver.size()
                  << " tensors do not belong to the encoder and were ignored, the "
                  << "first: " << printable(weights.passedOver.front()) << "\n";
    std::cout << "\"simclr eval " << run << "\" evaluates it." << std::endl;
}

int importFile(const ImportArguments &arguments) {
    const WeightsDescription weights = describeWeights(arguments.file, arguments.prefix);
    const TrainOptions options = importedOptions(arguments.settings, weights);
    checkTrainOptions(options);
    const RunStore early(arguments.output.database); // errors are reported before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(sourceFrom(arguments.data), interrupt);
    const RunId run = importWeights(
        {arguments.file, arguments.prefix, arguments.name, options, arguments.normalisation == "imagenet"},
        dataset, arguments.output.database);
    print(arguments, run, weights, options);
    return exitDone;
}

} // namespace

void addImportWeights(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ImportArguments>();
    CLI::App *command = app.add_subcommand(
        "import-weights", "Import encoder weights as a run, to evaluate, embed and compare them.");
    command
        ->add_option("file", arguments->file,
                     "State dict with torchvision's names, by torch.save or in safetensors; depth, width and "
                     "stem are detected")
        ->required();
    addTrainingImages(*command, arguments->data);
    command->add_option("--prefix", arguments->prefix,
                        "Prefix of the encoder's tensor names, if the file contains several encoders");
    command
        ->add_option("--normalisation", arguments->normalisation,
                     "Normalisation of images in [0, 1] that the encoder expects: none, or imagenet (mean "
                     "and standard deviation), as for torchvision's own weights")
        ->check(CLI::IsMember({"none", "imagenet"}))
        ->capture_default_str();
    command
        ->add_option("--set", arguments->settings,
                     "KEY=VALUE: an evaluation option, such as image_size; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--name", arguments->name, "Name of the run; default: that of the file");
    addOutputOptions(*command, arguments->output);
    command->footer(
        "To train from such a file: simclr train --set initial_weights=FILE\n\n"
        "Example:\n  simclr import-weights resnet18.pth --normalisation imagenet --data ~/photos\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return importFile(*arguments); }; });
}

} // namespace simclr::cli
