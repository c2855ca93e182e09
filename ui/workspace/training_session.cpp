// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/training_session.h"

#include "core/run/run_extension.h"
#include "ui/text/training_text.h"
#include "ui/workspace/update_queue.h"

#include <QElapsedTimer>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <array>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int updateMilliseconds = 50;

} // namespace

struct TrainingSession::Impl {
    using Job = std::function<RunOutcome(std::span<Observer *const>, std::stop_token)>;

    Impl(TrainingSession &owner, std::filesystem::path file);
    ~Impl();

    void launch(const RunConfiguration &run, RunId id, Job job);
    void work(const Job &job, std::stop_token token);
    void wake();
    void drain();
    void finish(const RunOutcome &outcome);
    void reset(const RunConfiguration &run, RunId id);

    TrainingSession &m_owner;
    std::filesystem::path m_database;
    UpdateQueue m_queue;
    QTimer m_drainTimer;
    QElapsedTimer m_sinceDrain;
    std::stop_source m_stop;
    RunConfiguration m_configuration;
    RunId m_runId = 0;
    RunStarted m_started;
    StepFinished m_lastStep;
    std::vector<Evaluated> m_evaluations;
    bool m_running = false;
    bool m_evaluating = false;
    bool m_labelled = false;
    QThread m_thread;
    QObject *m_worker; ///< lives in m_thread and runs the jobs there
};

TrainingSession::Impl::Impl(TrainingSession &owner, std::filesystem::path file)
    : m_owner(owner),
      m_database(std::move(file)),
      m_queue([this] {
          QMetaObject::invokeMethod(
              &m_owner, [this] { wake(); }, Qt::QueuedConnection);
      }),
      m_worker(new QObject) {
    m_drainTimer.setSingleShot(true);
    QObject::connect(&m_drainTimer, &QTimer::timeout, &owner, [this] { drain(); });
    m_thread.setObjectName(QStringLiteral("training"));
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

TrainingSession::Impl::~Impl() {
    m_stop.request_stop();
    m_thread.quit();
    m_thread.wait();
}

void TrainingSession::Impl::reset(const RunConfiguration &run, RunId id) {
    m_configuration = run;
    m_runId = id;
    m_started = {};
    m_lastStep = {};
    m_evaluations.clear();
    m_stop = std::stop_source();
    m_queue.begin(run.options.evaluateEvery);
    m_running = true;
    m_evaluating = false;
}

void TrainingSession::Impl::launch(const RunConfiguration &run, RunId id, Job job) {
    reset(run, id);
    Q_EMIT m_owner.startRequested();
    QMetaObject::invokeMethod(
        m_worker, [this, job = std::move(job), token = m_stop.get_token()] { work(job, token); },
        Qt::QueuedConnection);
}

/// In the training thread.
void TrainingSession::Impl::work(const Job &job, std::stop_token token) {
    RunOutcome outcome;
    try {
        const std::array<Observer *, 1> observers{&m_queue};
        outcome = job(observers, std::move(token));
    } catch (const std::bad_alloc &) {
        outcome = {RunEnd::Failed, 0,
                   TrainingSession::tr("There is not enough memory for this run; a smaller batch needs less")
                       .toStdString()};
    } catch (const std::exception &error) {
        outcome = {RunEnd::Failed, 0, error.what()};
    }
    QMetaObject::invokeMethod(
        &m_owner, [this, outcome] { finish(outcome); }, Qt::QueuedConnection);
}

void TrainingSession::Impl::wake() {
    if (m_drainTimer.isActive())
        return;
    const qint64 wait = m_sinceDrain.isValid() ? updateMilliseconds - m_sinceDrain.elapsed() : 0;
    m_drainTimer.start(static_cast<int>(std::clamp<qint64>(wait, 0, updateMilliseconds)));
}

void TrainingSession::Impl::drain() {
    m_sinceDrain.start();
    const UpdateQueue::Batch batch = m_queue.take();
    if (batch.started) {
        m_started = *batch.started;
        m_runId = m_started.runId;
        m_lastStep.step = m_started.firstStep; // the step that a resumed run starts from
        Q_EMIT m_owner.runStarted(m_started);
    }
    if (!batch.update.steps.empty())
        m_lastStep = batch.update.steps.back();
    m_evaluations.insert(m_evaluations.end(), batch.update.evaluations.begin(),
                         batch.update.evaluations.end());
    if (std::exchange(m_evaluating, batch.evaluating) != batch.evaluating)
        Q_EMIT m_owner.evaluatingChanged();
    for (const QString &line : batch.lines)
        Q_EMIT m_owner.logged(line);
    if (!batch.update.isEmpty())
        Q_EMIT m_owner.updated(batch.update);
}

void TrainingSession::Impl::finish(const RunOutcome &outcome) {
    m_drainTimer.stop();
    drain();
    m_running = false;
    if (outcome.run != 0)
        m_runId = outcome.run;
    const QString message = describeEnd(outcome, m_lastStep, m_evaluations);
    Q_EMIT m_owner.logged(message);
    Q_EMIT m_owner.finished(outcome.end, m_runId, message);
}

TrainingSession::TrainingSession(std::filesystem::path database, QObject *parent) : QObject(parent) {
    qRegisterMetaType<RunStarted>();
    qRegisterMetaType<TrainingUpdate>();
    qRegisterMetaType<RunEnd>();
    m_impl = std::make_unique<Impl>(*this, std::move(database));
}

TrainingSession::~TrainingSession() = default;

bool TrainingSession::isRunning() const {
    return m_impl->m_running;
}

bool TrainingSession::isStopping() const {
    return m_impl->m_running && m_impl->m_stop.stop_requested();
}

bool TrainingSession::isEvaluating() const {
    return m_impl->m_running && m_impl->m_evaluating;
}

const RunConfiguration &TrainingSession::configuration() const {
    return m_impl->m_configuration;
}

RunId TrainingSession::runId() const {
    return m_impl->m_runId;
}

const RunStarted &TrainingSession::started() const {
    return m_impl->m_started;
}

bool TrainingSession::isLabelled() const {
    return m_impl->m_labelled;
}

const StepFinished &TrainingSession::lastStep() const {
    return m_impl->m_lastStep;
}

double TrainingSession::secondsLeft() const {
    return m_impl->m_running ? m_impl->m_queue.secondsLeft() : -1;
}

void TrainingSession::start(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    if (isRunning())
        return;
    m_impl->m_labelled = dataset && dataset->isLabelled();
    m_impl->launch(configuration, 0,
                   [configuration, dataset, file = m_impl->m_database](std::span<Observer *const> observers,
                                                                       std::stop_token token) {
                       return executeRun(configuration, dataset, file, observers, std::move(token));
                   });
}

void TrainingSession::resume(const RunRecord &run, const DatasetPtr &dataset, const ResumeOptions &options) {
    if (isRunning())
        return;
    m_impl->m_labelled = dataset && dataset->isLabelled();
    RunConfiguration configuration;
    std::string problem;
    try {
        configuration = resumedConfiguration(run, options);
    } catch (const std::exception &error) {
        problem = error.what();
    }
    m_impl->launch(configuration, run.id,
                   [id = run.id, dataset, problem, options,
                    file = m_impl->m_database](std::span<Observer *const> observers, std::stop_token token) {
                       if (!problem.empty())
                           return RunOutcome{RunEnd::Failed, id, problem};
                       return resumeRun(id, dataset, file, observers, std::move(token), options);
                   });
}

void TrainingSession::stop() {
    if (m_impl->m_stop.request_stop() && isRunning())
        Q_EMIT stopRequested();
}

} // namespace simclr::ui
