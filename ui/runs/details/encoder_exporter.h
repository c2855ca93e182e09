// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QObject>
#include <QThreadPool>
#include <filesystem>

namespace simclr::ui {

/// Exports the encoder of a run for other programs: asks for file and format, and writes in its own thread.
/// One file at a time. UI thread.
class EncoderExporter : public QObject {
    Q_OBJECT
  public:
    /// Its dialogs belong to `window`.
    explicit EncoderExporter(QWidget *window);
    /// Waits for a file that is being written.
    ~EncoderExporter() override;

    bool isWorking() const { return m_working; }
    /// Opens the file dialog; its filters are the formats.
    void ask(const RunRecord &run);
    /// `format` is the id of one of exportFormats().
    void write(const RunRecord &run, const std::string &format, const std::filesystem::path &file);

  Q_SIGNALS:
    void workingChanged(bool working);
    /// `message` says what was written, `python` loads it.
    void exported(const QString &message, const QString &python);
    void failed(const QString &reason);

  private:
    struct Answer;
    static Answer answer(const RunRecord &run, const std::string &format, const std::filesystem::path &file);
    void done(const Answer &answer);

    QWidget *m_window;
    QThreadPool m_pool;
    bool m_working = false;
};

} // namespace simclr::ui
