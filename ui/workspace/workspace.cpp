// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/workspace.h"

#include "core/util/error.h"
#include "ui/workspace/run_catalogue.h"

#include <QSettings>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

namespace simclr::ui {

namespace {

const QString recentKey = QStringLiteral("recentSources");
constexpr qsizetype mostRecent = 8;

/// One opening of a dataset, in progress or finished.
struct Opening {
    std::shared_ptr<std::atomic_bool> over = std::make_shared<std::atomic_bool>(false);
    std::jthread thread;
};

} // namespace

/// The threads that open datasets. Only the newest one's result counts; older ones were asked to stop and are
/// only waited for.
struct Workspace::Impl {
    Impl(Workspace &workspace, std::filesystem::path file)
        : owner(workspace), database(std::move(file)), runs(database) {}

    void run(const std::string &source, std::uint64_t number, const std::stop_token &stop);
    /// Calls `action` in the UI thread if `number` is then still that of the newest opening.
    template <typename Action>
    void post(std::uint64_t number, Action action) {
        QMetaObject::invokeMethod(
            &owner,
            [this, number, action] {
                if (number == newest)
                    action();
            },
            Qt::QueuedConnection);
    }
    void look(const DatasetPtr &images);
    void opened(const DatasetPtr &result);
    void failed(const std::string &source, const std::string &reason);
    void remember(const QString &source);
    void stopAll();

    Workspace &owner;
    std::filesystem::path database;
    RunCatalogue runs;
    DatasetPtr dataset;
    DatasetPtr firstLook;
    std::uint64_t newest = 0;
    bool opening = false;
    std::vector<Opening> openings;
};

void Workspace::Impl::run(const std::string &source, std::uint64_t number, const std::stop_token &stop) {
    using Clock = std::chrono::steady_clock;
    OpenOptions options;
    options.stop = stop;
    options.progress = [&, last = Clock::time_point()](std::size_t done, std::size_t total) mutable {
        if (const auto now = Clock::now(); done == total || now - last > std::chrono::milliseconds(40)) {
            last = now;
            post(number, [this, done, total] { Q_EMIT owner.openingProgressed(done, total); });
        }
    };
    options.firstLook = [this, number](const DatasetPtr &images) {
        post(number, [this, images] { look(images); });
    };
    try {
        const DatasetPtr result = openDataset(source, options);
        post(number, [this, result] { opened(result); });
    } catch (const OpeningCancelled &) {
        // cancelOpening() has already emitted openingFailed()
    } catch (const std::exception &error) {
        post(number, [this, source, reason = std::string(error.what())] { failed(source, reason); });
    }
}

/// Emits firstLookChanged() only on a change.
void Workspace::Impl::look(const DatasetPtr &images) {
    if (std::exchange(firstLook, images) != images)
        Q_EMIT owner.firstLookChanged();
}

void Workspace::Impl::opened(const DatasetPtr &result) {
    opening = false;
    firstLook = nullptr;
    dataset = result;
    remember(QString::fromStdString(result->report().source));
    Q_EMIT owner.datasetChanged();
}

void Workspace::Impl::failed(const std::string &source, const std::string &reason) {
    opening = false;
    look(nullptr);
    Q_EMIT owner.openingFailed(QString::fromStdString(source), QString::fromStdString(reason));
}

void Workspace::Impl::remember(const QString &source) {
    QStringList recent = owner.recentSources();
    recent.removeAll(source);
    recent.prepend(source);
    QSettings().setValue(recentKey, QStringList(recent.mid(0, mostRecent)));
    Q_EMIT owner.recentSourcesChanged();
}

void Workspace::Impl::stopAll() {
    for (Opening &each : openings)
        each.thread.request_stop();
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
DatasetPtr Workspace::dataset() const {
    return m_impl->dataset;
}
DatasetPtr Workspace::firstLook() const {
    return m_impl->firstLook;
}
bool Workspace::isOpening() const {
    return m_impl->opening;
}
QStringList Workspace::recentSources() const {
    return QSettings().value(recentKey).toStringList();
}

void Workspace::openSource(const QString &source) {
    m_impl->stopAll();
    const std::uint64_t number = ++m_impl->newest;
    m_impl->opening = true;
    m_impl->look(nullptr); // drops that of the previous opening
    Q_EMIT openingStarted(source);
    std::erase_if(m_impl->openings, [](const Opening &each) { return each.over->load(); });
    Opening &started = m_impl->openings.emplace_back();
    started.thread = std::jthread([impl = m_impl.get(), number, name = source.toStdString(),
                                   over = started.over](const std::stop_token &stop) {
        impl->run(name, number, stop);
        over->store(true);
    });
}

void Workspace::cancelOpening() {
    if (!m_impl->opening)
        return;
    m_impl->stopAll();
    ++m_impl->newest;
    m_impl->opening = false;
    m_impl->look(nullptr);
    Q_EMIT openingFailed({}, tr("Opening was cancelled; nothing has changed."));
}

} // namespace simclr::ui
