//! Of which tenant it is, as the witness has it: what was found last, and for what changes are confirmed.

use greenlight::facade::run::FoundSubject;

use super::moves::waits;
use super::outcomes::TENANTS;
use super::*;

impl Search {
    /// An apply beyond the session is confirmed, by the name of the tenant where one is known.
    pub(super) fn confirmed_apply(
        &self,
        witness: &mut Witness,
        step: &StepId,
        subject: Option<&FoundSubject>,
        said: &Command,
    ) {
        let typed = |wish: &Wish| match wish {
            Wish::Apply { step: of, confirmed: Confirmed::Named { typed, .. } } if of == step => {
                Some(Some(typed.clone()))
            }
            Wish::Apply { step: of, confirmed: Confirmed::Yes } if of == step => Some(None),
            _ => None,
        };
        let typed =
            waits(said).as_ref().and_then(typed).or_else(|| witness.released.as_ref().and_then(typed));
        let typed = typed.unwrap_or_else(|| panic!("{step} is applied without a yes"));
        witness.confirmed =
            witness.says.filter(|_| self.reach.subjects && self.is_of_the_tenant(self.position(step)));
        if let Some(tenant) = witness.confirmed {
            assert_eq!(typed.as_deref(), Some(TENANTS[tenant]), "{step} is confirmed by another name");
        }
        assert_eq!(
            subject.map(|subject| subject.name.as_str()),
            witness.confirmed.map(|tenant| TENANTS[tenant])
        );
    }

    /// What rests on another tenant counts no more.
    pub(super) fn tenant_found(&mut self, witness: &mut Witness, step: usize, says: Option<Tenant>) {
        witness.another = None;
        if self.checklist.steps[step].subject.is_none() {
            return;
        }
        witness.says = says;
        let Some(found) = says.filter(|found| witness.tenant != Some(*found)) else { return };
        if witness.tenant.replace(found).is_some() {
            self.seen.another += 1;
            witness.another = Some(found);
        }
        let changes = |position: &usize| self.is_of_the_tenant(*position);
        let roots = (0..self.needs.len()).filter(changes).chain([step]);
        for position in roots.flat_map(|root| &self.rests[root]).filter(|position| **position != step) {
            let past = &mut witness.pasts[*position];
            (past.earned, past.looked_at) = (None, false);
        }
    }

    /// Whether its apply changes the tenant.
    fn is_of_the_tenant(&self, position: usize) -> bool {
        let kind = &self.checklist.steps[position].kind;
        matches!(kind, StepKind::Measured { apply: Some(apply), .. } if apply.changes == Changes::Tenant)
    }
}
