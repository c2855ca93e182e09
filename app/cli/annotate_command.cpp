// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "core/util/files.h"

#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace simclr::cli {

namespace {

struct AnnotateArguments {
    std::vector<RunId> runs;
    std::vector<std::string> tags;
    std::vector<std::string> untags;
    std::string note;
    const CLI::Option *noteOption = nullptr; ///< an empty note is one, too
    bool star = false;
    bool unstar = false;
    bool archive = false;
    bool unarchive = false;
    OutputOptions output;
};

/// From standard input, without the last line end, if it is "-".
std::string noteFrom(const std::string &text) {
    constexpr std::uintmax_t longest = 1'000'000; // as the store accepts
    if (text != "-")
        return text;
    std::string read = readFile("/dev/stdin", longest, FileKinds::AlsoPipes);
    if (read.ends_with('\n'))
        read.pop_back();
    return read;
}

std::optional<bool> choice(bool isOn, bool isOff) {
    return isOn || isOff ? std::optional(isOn) : std::nullopt;
}

AnnotationChange changeFrom(const AnnotateArguments &arguments) {
    AnnotationChange change{arguments.tags, arguments.untags, std::nullopt,
                            choice(arguments.star, arguments.unstar),
                            choice(arguments.archive, arguments.unarchive)};
    if (arguments.noteOption->count() > 0)
        change.note = noteFrom(arguments.note);
    return change;
}

void print(const std::vector<RunRecord> &runs, bool asJson) {
    if (!asJson) {
        std::cout << annotationsTable(runs) << std::flush;
        return;
    }
    Json list = Json::array();
    for (const RunRecord &run : runs)
        list.push_back(toJson(run, true));
    printJson(list);
}

int annotate(const AnnotateArguments &arguments) {
    RunStore store = openExisting(arguments.output.database);
    store.annotations().change(arguments.runs, changeFrom(arguments));
    std::vector<RunRecord> runs;
    for (const RunId run : arguments.runs)
        runs.push_back(store.runs().one(run));
    print(runs, arguments.output.json);
    return exitDone;
}

void addTagOption(CLI::App &command, const char *name, std::vector<std::string> &tags, const char *help) {
    command.add_option(name, tags, help)->delimiter(',')->allow_extra_args(false);
}

/// A flag and its opposite.
void addChoice(CLI::App &command, const char *on, bool &isOn, const char *onHelp, const char *off,
               bool &isOff, const char *offHelp) {
    CLI::Option *flag = command.add_flag(on, isOn, onHelp);
    command.add_flag(off, isOff, offHelp)->excludes(flag);
}

} // namespace

void addAnnotate(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<AnnotateArguments>();
    CLI::App *command = app.add_subcommand(
        "annotate", "Tag, star or archive runs and write notes; without changes, show what is set.");
    command->add_option("runs", arguments->runs, "Numbers of the runs")->required();
    addTagOption(*command, "--tag", arguments->tags, "Tags to add, separated by commas; may be repeated");
    addTagOption(*command, "--untag", arguments->untags,
                 "Tags to remove, separated by commas; may be repeated");
    arguments->noteOption = command->add_option(
        "--note", arguments->note, "Note to set, in Markdown; \"-\": from standard input; empty: no note");
    addChoice(*command, "--star", arguments->star, "Star the runs", "--unstar", arguments->unstar,
              "Remove the star");
    addChoice(*command, "--archive", arguments->archive, "Mark the runs as archived", "--unarchive",
              arguments->unarchive, "Remove this mark");
    addOutputOptions(*command, arguments->output);
    command->footer("Examples:\n  simclr annotate 3 4 --tag paper,final --untag draft --star\n"
                    "  simclr annotate 3 --note - < note.md\n\n" +
                    std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return annotate(*arguments); }; });
}

} // namespace simclr::cli
