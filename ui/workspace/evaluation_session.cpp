// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/evaluation_session.h"

#include "ui/text/training_text.h"

#include <QStringList>
#include <utility>

namespace simclr::ui {

struct EvaluationSession::Job {
    RunRecord run;
    DatasetPtr dataset;
    EvaluationRequest request;
    std::filesystem::path database;
    std::stop_token stop;
};

struct EvaluationSession::Outcome {
    QString message;
    bool isProblem = false;
};

/// Receives the events of the evaluation in its thread and passes the progress to the session.
class EvaluationSession::Listener : public ListeningObserver<EvaluationSession::Listener> {
  public:
    Listener(EvaluationSession &session, RunId run) : m_session(session), m_run(run) {}

    void hear(const EvaluationStarted &started) { say(QString::fromStdString(started.what)); }
    void hear(const EvaluationTrained &trained) {
        say(EvaluationSession::tr("%1: epoch %2 of %3")
                .arg(QString::fromStdString(trained.what))
                .arg(trained.epoch)
                .arg(trained.epochs));
    }
    void hear(const Noted &noted) { m_notes.append(QString::fromStdString(noted.message)); }
    void hear(const Evaluated &) {
        post([&session = m_session, run = m_run] { Q_EMIT session.evaluated(run); });
    }
    void say(const QString &text) {
        post([&session = m_session, text] { session.showProgress(text); });
    }

    /// The notes of the evaluation as sentences that follow the results; empty without notes.
    QString notes() const {
        QString text;
        for (const QString &note : m_notes)
            text += EvaluationSession::tr(" Note: %1.").arg(note);
        return text;
    }

  private:
    template <typename Call>
    void post(Call call) {
        QMetaObject::invokeMethod(&m_session, std::move(call), Qt::QueuedConnection);
    }

    EvaluationSession &m_session;
    RunId m_run;
    QStringList m_notes; ///< used only in the evaluation's thread
};

namespace {

QString describe(const std::vector<Result> &results) {
    QStringList parts;
    for (const Result &result : results)
        parts.append(EvaluationSession::tr("%1 %2 (%3)")
                         .arg(resultText(result), percentText(result.value), splitText(result.key.split)));
    return parts.join(QStringLiteral(", "));
}

QString describeStopped(const std::vector<Result> &results) {
    return results.empty()
               ? EvaluationSession::tr("The evaluation was stopped.")
               : EvaluationSession::tr("The evaluation was stopped; finished results are kept: %1.")
                     .arg(describe(results));
}

} // namespace

EvaluationSession::EvaluationSession(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {
    m_pool.setMaxThreadCount(1);
}

EvaluationSession::~EvaluationSession() {
    m_stop.request_stop();
    m_pool.waitForDone(); // what it posted to this object is discarded with it
}

void EvaluationSession::start(const RunRecord &run, const DatasetPtr &dataset,
                              const EvaluationRequest &request) {
    if (m_running)
        return;
    m_running = true;
    m_run = run.id;
    m_stop = {};
    m_progress.clear();
    Q_EMIT runningChanged();
    m_pool.start([this, job = Job{run, dataset, request, m_database, m_stop.get_token()}] {
        Listener listener(*this, job.run.id);
        const Outcome outcome = work(job, listener);
        QMetaObject::invokeMethod(
            this, [this, outcome] { done(outcome); }, Qt::QueuedConnection);
    });
}

/// In the session's thread.
EvaluationSession::Outcome EvaluationSession::work(const Job &job, Listener &listener) {
    try {
        DatasetPtr dataset = job.dataset;
        if (!dataset) {
            listener.say(tr("opening the images"));
            OpenOptions options;
            options.stop = job.stop;
            dataset = openDataset(job.run.dataset.source, options);
        }
        const auto results = evaluateRun(job.run.id, dataset, job.database, job.request, listener, job.stop);
        if (job.stop.stop_requested())
            return {describeStopped(results) + listener.notes(), false};
        if (results.empty())
            return {tr("Run %1 cannot be evaluated: its images have no labels.").arg(job.run.id), true};
        return {tr("Evaluated run %1: %2.").arg(job.run.id).arg(describe(results)) + listener.notes(), false};
    } catch (const OpeningCancelled &) {
        return {describeStopped({}), false};
    } catch (const std::bad_alloc &) {
        return {tr("There is not enough memory for this evaluation."), true};
    } catch (const std::exception &error) {
        return {tr("Run %1 cannot be evaluated: %2")
                    .arg(QString::number(job.run.id), QString::fromStdString(error.what())),
                true};
    }
}

void EvaluationSession::showProgress(const QString &progress) {
    m_progress = progress;
    Q_EMIT progressed();
}

void EvaluationSession::done(const Outcome &outcome) {
    m_running = false;
    Q_EMIT runningChanged();
    Q_EMIT finished(m_run, outcome.message, outcome.isProblem);
}

void EvaluationSession::stop() {
    if (m_running && m_stop.request_stop())
        Q_EMIT progressed();
}

} // namespace simclr::ui
