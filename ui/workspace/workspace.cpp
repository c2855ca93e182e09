// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/workspace.h"

#include "core/data/data_source.h"
#include "core/data/dataset_index.h"
#include "core/util/error.h"
#include "ui/background/background_worker.h"
#include "ui/workspace/run_catalogue.h"

#include <QSettings>
#include <chrono>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

const QString recentKey = QStringLiteral("recentSources");
constexpr qsizetype mostRecent = 8;

/// The dataset and all that it is made of.
std::vector<DatasetPtr> withParts(const DatasetPtr &dataset) {
    std::vector<DatasetPtr> all{dataset};
    for (const DatasetPtr &part : dataset->parts())
        for (const DatasetPtr &each : withParts(part))
            all.push_back(each);
    return all;
}

/// Whether two sources have the same images, with any selection of them.
bool areSameImages(const QString &one, const QString &other) {
    try {
        DataSource first = dataSourceFromText(one.toStdString());
        first.selection = dataSourceFromText(other.toStdString()).selection;
        return first == dataSourceFromText(other.toStdString());
    } catch (const InvalidInput &) { // a damaged text
        return one == other;
    }
}

/// How an opening ended.
struct Opened {
    DatasetPtr dataset; ///< null: it failed
    std::string problem;
};

/// The list of a selection may have been written again; to read it takes little time.
bool isChangeable(const std::string &source) {
    return !dataSourceFromText(source).selection.empty();
}

} // namespace

/// Opens datasets. Only the newest opening counts; older ones were cancelled and end by themselves, which a
/// slow disk may delay.
struct Workspace::Impl {
    Impl(Workspace &workspace, std::filesystem::path file)
        : owner(workspace), database(std::move(file)), runs(database) {}

    BackgroundWorker &idleWorker();
    void openSource(const QString &source, const std::vector<DatasetPtr> &openParts);
    void replacePart(std::string DataSource::*part, const QString &value);
    void start(const QString &source, const std::vector<DatasetPtr> &openParts);
    Opened open(const std::string &source, const std::vector<DatasetPtr> &openParts,
                const BackgroundWorker::Task &task);
    void look(const DatasetPtr &images);
    void opened(const DatasetPtr &result);
    void failed(const QString &source, const std::string &reason);
    void remember(const QString &source);
    void stopAll();

    Workspace &owner;
    std::filesystem::path database;
    RunCatalogue runs;
    DatasetCache cache;
    DatasetPtr dataset;
    DatasetPtr openingPreview;
    bool opening = false;
    std::vector<std::unique_ptr<BackgroundWorker>> workers;
};

/// One that is not held up by a cancelled opening.
BackgroundWorker &Workspace::Impl::idleWorker() {
    for (const auto &each : workers)
        if (each->isIdle())
            return *each;
    return *workers.emplace_back(std::make_unique<BackgroundWorker>(BackgroundWorker::Policy::StopCurrent));
}

void Workspace::Impl::openSource(const QString &source, const std::vector<DatasetPtr> &openParts) {
    stopAll();
    opening = true;
    look(nullptr); // drops that of the previous opening
    Q_EMIT owner.openingStarted(source);
    start(source, openParts);
}

void Workspace::Impl::start(const QString &source, const std::vector<DatasetPtr> &openParts) {
    idleWorker().ask([this, name = source.toStdString(),
                      openParts](const BackgroundWorker::Task &task) { return open(name, openParts, task); },
                     [this, source](const Opened &result) {
                         if (result.dataset)
                             opened(result.dataset);
                         else
                             failed(source, result.problem);
                     });
}

Opened Workspace::Impl::open(const std::string &source, const std::vector<DatasetPtr> &openParts,
                             const BackgroundWorker::Task &task) {
    using Clock = std::chrono::steady_clock;
    for (const DatasetPtr &each : openParts)
        if (each->report().source == source && !isChangeable(source))
            return {each, {}};
    OpenOptions options;
    options.openParts = openParts;
    options.stop = task.stop();
    options.indexFolder = indexFolderBeside(database);
    options.progress = [&, last = Clock::time_point()](std::size_t done, std::size_t total) mutable {
        if (const auto now = Clock::now(); done == total || now - last > std::chrono::milliseconds(40)) {
            last = now;
            task.post([this, done, total] { Q_EMIT owner.openingProgressed(done, total); });
        }
    };
    options.openingPreview = [&](const DatasetPtr &images) { task.post([this, images] { look(images); }); };
    try {
        return {openDataset(source, options), {}};
    } catch (const std::exception &error) { // if it was cancelled, the answer is dropped
        return {nullptr, error.what()};
    }
}

/// Emits openingPreviewChanged() only on a change.
void Workspace::Impl::look(const DatasetPtr &images) {
    if (std::exchange(openingPreview, images) != images)
        Q_EMIT owner.openingPreviewChanged();
}

void Workspace::Impl::opened(const DatasetPtr &result) {
    opening = false;
    openingPreview = nullptr;
    dataset = result;
    cache.add(result);
    remember(QString::fromStdString(result->report().source));
    Q_EMIT owner.datasetChanged();
}

void Workspace::Impl::failed(const QString &source, const std::string &reason) {
    opening = false;
    look(nullptr);
    Q_EMIT owner.openingFailed(source, QString::fromStdString(reason));
}

void Workspace::Impl::remember(const QString &source) {
    QStringList recent = owner.recentSources();
    recent.removeIf([&](const QString &each) { return areSameImages(each, source); });
    recent.prepend(source);
    QSettings().setValue(recentKey, QStringList(recent.mid(0, mostRecent)));
    Q_EMIT owner.recentSourcesChanged();
}

void Workspace::Impl::stopAll() {
    for (const auto &each : workers)
        each->cancel();
}

Workspace::Workspace(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, std::move(database))) {}

Workspace::~Workspace() {
    m_impl->stopAll(); // asks all of them to stop before it waits for the first
}

const std::filesystem::path &Workspace::database() const {
    return m_impl->database;
}
RunCatalogue &Workspace::runs() const {
    return m_impl->runs;
}
DatasetCache &Workspace::images() const {
    return m_impl->cache;
}
DatasetPtr Workspace::dataset() const {
    return m_impl->dataset;
}
DatasetPtr Workspace::openingPreview() const {
    return m_impl->openingPreview;
}
bool Workspace::isOpening() const {
    return m_impl->opening;
}
QStringList Workspace::recentSources() const {
    return QSettings().value(recentKey).toStringList();
}

void Workspace::openSource(const QString &source) {
    m_impl->openSource(source, {});
}

/// Opens the open images again, with another value of one member of their source.
void Workspace::Impl::replacePart(std::string DataSource::*part, const QString &value) {
    if (!dataset)
        return;
    try {
        DataSource source = dataSourceFromText(dataset->report().source);
        source.*part = value.toStdString();
        openSource(QString::fromStdString(toText(source)), withParts(dataset));
    } catch (const InvalidInput &error) {
        Q_EMIT owner.openingFailed(value, QString::fromStdString(error.what()));
    }
}

void Workspace::setLabelled(const QString &source) {
    m_impl->replacePart(&DataSource::labelled, source);
}

void Workspace::setSelection(const QString &file) {
    m_impl->replacePart(&DataSource::selection, file);
}

void Workspace::cancelOpening() {
    if (!m_impl->opening)
        return;
    m_impl->stopAll();
    m_impl->opening = false;
    m_impl->look(nullptr);
    Q_EMIT openingFailed({}, tr("Opening was cancelled; nothing has changed."));
}

} // namespace simclr::ui
