// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/selection_keeper.h"

#include "core/data/data_source.h"
#include "ui/text/paths.h"
#include "ui/workspace/workspace.h"

#include <exception>
#include <filesystem>
#include <string>

namespace simclr::ui {

namespace fs = std::filesystem;

namespace {

struct Written {
    QString file;
    QString problem;
};

/// "name.json", or "name 2.json", …: the first that does not exist.
fs::path unusedFile(const fs::path &folder, const std::string &name) {
    fs::path file = folder / (name + ".json");
    for (int number = 2; fs::exists(file); ++number)
        file = folder / (name + " " + std::to_string(number) + ".json");
    return file;
}

/// Runs `write`, which returns the written file.
template <typename Write>
Written attempt(const Write &write) {
    try {
        return {toQString(write()), {}};
    } catch (const std::exception &error) {
        return {{},
                SelectionKeeper::tr("The selection was not saved: %1.")
                    .arg(QString::fromStdString(error.what()))};
    }
}

} // namespace

SelectionKeeper::SelectionKeeper(Workspace &workspace, QObject *parent)
    : QObject(parent), m_workspace(workspace) {}

QString SelectionKeeper::folder() const {
    return toQString(m_workspace.database().parent_path() / "selections");
}

QString SelectionKeeper::currentFile() const {
    if (!m_workspace.dataset())
        return {};
    return QString::fromStdString(dataSourceFromText(m_workspace.dataset()->report().source).selection);
}

bool SelectionKeeper::isBusy() const {
    return m_worker.isWorking() || m_workspace.isOpening();
}

bool SelectionKeeper::apply(const QString &file, const DatasetPtr &dataset) {
    const bool isStillOpen = dataset == m_workspace.dataset() && !m_workspace.isOpening();
    if (isStillOpen)
        m_workspace.setSelection(file);
    else
        Q_EMIT failed(
            tr("The selection was saved as %1 and is not used: other images were opened.").arg(file));
    return isStillOpen;
}

/// In a thread: a list of a million images takes a second.
template <typename Make>
void SelectionKeeper::write(const Make &make, const QString &name) {
    if (!m_workspace.dataset())
        return;
    if (isBusy())
        return Q_EMIT failed(
            tr("Images are still being opened; nothing has changed. Try again when they are open."));
    const auto work = [make, dataset = m_workspace.dataset(), folder = toPath(folder()),
                       name = name.toStdString()] {
        return attempt([&] {
            const fs::path file = unusedFile(folder, name);
            saveSelection(make(*dataset, file.stem().string()), file);
            return file;
        });
    };
    m_worker.ask(work, [this, dataset = m_workspace.dataset()](const Written &written) {
        if (!written.problem.isEmpty())
            Q_EMIT failed(written.problem);
        else
            apply(written.file, dataset);
    });
}

void SelectionKeeper::leaveOut(const std::vector<std::uint32_t> &samples, const QString &name) {
    write([samples](const Dataset &dataset,
                    const std::string &title) { return leavingOut(dataset, samples, title); },
          name);
}

void SelectionKeeper::keep(const std::vector<std::uint32_t> &samples, const QString &name) {
    write([samples](const Dataset &dataset,
                    const std::string &title) { return keeping(dataset, samples, title); },
          name);
}

void SelectionKeeper::saveAs(const QString &file) {
    const QString current = currentFile();
    if (current.isEmpty())
        return;
    const auto work = [from = toPath(current), to = toPath(file), dataset = m_workspace.dataset()] {
        return attempt([&] {
            requireOutsideImages(to, *dataset);
            Selection selection = loadSelection(from);
            selection.name = to.stem().string();
            saveSelection(selection, to);
            return to;
        });
    };
    m_worker.ask(work, [this, dataset = m_workspace.dataset()](const Written &written) {
        if (!written.problem.isEmpty())
            Q_EMIT failed(written.problem);
        else if (apply(written.file, dataset))
            Q_EMIT saved(written.file);
    });
}

void SelectionKeeper::use(const QString &file) {
    if (m_workspace.dataset())
        m_workspace.setSelection(file);
}

void SelectionKeeper::useAll() {
    if (m_workspace.dataset() && !currentFile().isEmpty())
        m_workspace.setSelection({});
}

} // namespace simclr::ui
