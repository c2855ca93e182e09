// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/export/python_export.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace simclr::ui {

class InlineMessage;
class PipelineDocument;

/// The pipeline as Python code for the user's own training script, and the steps without an equivalent in the
/// selected library. Follows the document while it is visible. Owned by the DesignPage; UI thread.
class ExportPanel : public QWidget {
    Q_OBJECT
  public:
    explicit ExportPanel(PipelineDocument &document, QWidget *parent = nullptr);

    QString code() const;

  public Q_SLOTS:
    void setViewSize(int side);

  Q_SIGNALS:
    void closed();

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    QWidget *makeBar();
    void write();
    void copy();
    void save();
    void saveTo(const QString &file);

    PipelineDocument &m_document;
    QComboBox *m_target;
    QPlainTextEdit *m_code;
    QLabel *m_gaps;
    InlineMessage *m_message;
    int m_viewSize = 32;
};

} // namespace simclr::ui
