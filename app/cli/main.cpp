// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/output.h"
#include "core/util/allocator.h"
#include "core/util/error.h"
#include "core/util/version.h"

#include <exception>
#include <iostream>
#include <new>

namespace simclr::cli {

namespace {

int perform(const Action &action) {
    try {
        return action();
    } catch (const OpeningCancelled &) {
        complain("cancelled while the images were being opened");
        return exitCancelled;
    } catch (const Interrupted &error) {
        complain(error.what());
        return exitCancelled;
    } catch (const ComputationError &error) {
        complain(error.what());
        return exitFailed;
    } catch (const DatabaseLocked &error) { // which is temporary
        complain(error.what());
        return exitFailed;
    } catch (const Error &error) {
        complain(error.what());
        return exitWrongInput;
    } catch (const std::bad_alloc &) {
        complain("there is not enough memory");
        return exitFailed;
    } catch (const Json::exception &error) {
        complain("the input is damaged: " + jsonReason(error));
        return exitWrongInput;
    } catch (const std::exception &error) {
        complain(error.what());
        return exitFailed;
    }
}

/// Joins the lines of CLI11's messages into one sentence.
std::string oneLine(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    for (char &letter : text)
        if (letter == '\n')
            letter = ' ';
    return text;
}

int run(int argc, char **argv) {
    CLI::App app(
        "SimCLR Workbench on the command line: train image encoders without labels, and compare them.",
        "simclr");
    app.set_version_flag("--version", programVersion);
    app.require_subcommand(0,
                           1); // checked below, so that an unknown one is reported first
    app.footer(exitStatusHelp);
    Action action;
    for (const auto add :
         {addDemo,          addTrain,        addSweep,        addCheck,      addResume,     addEval,
          addQueue,         addRuns,         addShow,         addCompare,    addCurves,     addRename,
          addDelete,        addRestore,      addEmptyTrash,   addAnnotate,   addExport,     addEmbed,
          addImportWeights, addImportEvents, addExportEvents, addImportCsv,  addImportRuns, addPreview,
          addPipeline,      addMeters,       addMap,          addNeighbours, addDuplicates, addConfusion,
          addQuality,       addReport,       addData})
        add(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &request) {
        return app.exit(request); // --help and --version
    } catch (const CLI::Error &error) {
        complain(oneLine(error.what()) + " (see \"simclr --help\")");
        return exitWrongInput;
    }
    if (!action) {
        complain("a subcommand is required (\"simclr --help\" lists them)");
        return exitWrongInput;
    }
    return perform(action);
}

} // namespace

} // namespace simclr::cli

int main(int argc, char **argv) {
    simclr::keepLargeBlocks();
    simclr::cli::Output output;
    return output.finish(simclr::cli::run(argc, argv));
}
