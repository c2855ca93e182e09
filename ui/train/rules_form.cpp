// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/rules_form.h"

#include "ui/widgets/parameter_form.h"
#include "ui/workspace/notification_setting.h"
#include "ui/workspace/option_settings.h"

#include <QCheckBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

int rulesOn(const RuleOptions &rules) {
    const QList<std::string> actions{rules.notFinite, rules.plateau, rules.collapse, rules.accuracy};
    return static_cast<int>(actions.size() - actions.count("ignore"));
}

} // namespace

RulesForm::RulesForm(QWidget *parent)
    : QWidget(parent),
      m_rules(rememberedRules()),
      m_title(new QToolButton(this)),
      m_form(new ParameterForm(ruleOptionsDescription().schema(), this)),
      m_content(makeContent()) {
    m_title->setObjectName(QStringLiteral("rulesTitle"));
    m_title->setCheckable(true);
    m_title->setAutoRaise(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setToolTip(tr("What to watch for during the next run: it notifies, and can stop"));
    m_title->setArrowType(Qt::RightArrow);
    m_form->setObjectName(QStringLiteral("rulesForm"));
    m_content->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title, 0, Qt::AlignLeft);
    column->addWidget(m_content);
    connect(m_title, &QToolButton::toggled, this, [this](bool shown) {
        m_content->setVisible(shown);
        m_title->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_form, &ParameterForm::valueEdited, this, &RulesForm::edit);
    display();
}

QWidget *RulesForm::makeContent() {
    auto *notify = new QCheckBox(tr("Notifications of the desktop"));
    notify->setObjectName(QStringLiteral("notifications"));
    notify->setToolTip(tr("While the window is not active: at the end of a run, if it fails, and at a rule"));
    notify->setChecked(areNotificationsWanted());
    connect(notify, &QCheckBox::toggled, this, [](bool wanted) { rememberNotifications(wanted); });
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_form);
    column->addWidget(notify);
    return content;
}

int RulesForm::fullWidth() const {
    return m_content->minimumSizeHint().width();
}

void RulesForm::setRules(const RuleOptions &rules) {
    m_rules = rules;
    rememberRules(m_rules);
    display();
    Q_EMIT changed();
}

void RulesForm::edit(const QString &id, const Value &value) {
    try {
        ruleOptionsDescription().write(m_rules, id.toStdString(), value, "rules");
        rememberRules(m_rules);
        Q_EMIT changed();
    } catch (const Error &) { // shows the current value again
    }
    display();
}

void RulesForm::display() {
    m_form->setValues(ruleOptionsDescription().read(m_rules));
    const int on = rulesOn(m_rules);
    m_title->setText(on == 0 ? tr("Rules") : tr("Rules (%1 on)").arg(on));
}

} // namespace simclr::ui
