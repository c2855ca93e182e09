// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QString>
#include <QStringList>

namespace simclr::ui {

class RunQueries;

/// A box to choose a field of runs: the offered ones, and "Another…", which asks for any by its name in the
/// filter's language. Stores the choice in the settings. Owned by its FigurePanel.
class FieldBox : public QComboBox {
    Q_OBJECT
  public:
    /// `queries`, which knows the names of fields, must outlive the box.
    FieldBox(const QString &objectName, const QString &settingsKey, const RunQueries &queries,
             QWidget *parent = nullptr);

    /// An empty field is offered with this text, above the others.
    void setNoneText(const QString &text);
    /// The chosen one stays, whether it is among them or not.
    void offer(const QStringList &fields);
    /// May be empty, if that is offered or nothing was chosen yet.
    QString field() const;
    void setField(const QString &field);
    /// The user has not chosen one, now or earlier.
    bool isUndecided() const;
    /// Shows a field as if it were chosen, without storing it.
    void propose(const QString &field);

  Q_SIGNALS:
    void fieldChosen(const QString &field);

  private:
    void take(int index);
    void add(const QString &field);
    void rebuild();

    const RunQueries &m_queries;
    QString m_key;
    QString m_noneText;
    QStringList m_offered;
    QString m_field;
};

} // namespace simclr::ui
