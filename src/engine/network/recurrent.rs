//! The recurrent layer: states that go along a paragraph in both directions, each keeping as much
//! of itself as a gate says (simple recurrent units; Lei et al. 2018).

#![allow(
    clippy::needless_range_loop,
    reason = "loops over arrays of one length become vector instructions"
)]

use super::layers::DenseLayers;
use super::scale::{Activations, HIDDEN, ONE, Sums, WEIGHT_ONE, add_residual};

/// The neighbours whose states a token reads.
pub const STATE_OFFSETS: [isize; 3] = [-1, 0, 1];
/// The greatest number that comes into a state: just below 4.
pub const STATE_INPUT_MAX: i32 = 1023;
/// One in a state is `ONE << STATE_BITS`.
pub const STATE_BITS: u32 = 6;

/// Half of a layer: the states that go one way.
const HALF: usize = HIDDEN / 2;

impl DenseLayers {
    /// A recurrent layer over a paragraph, added to what came in. Its blocks and bias rows, from
    /// `first_block` and `first_layer` on: what comes into the states, their gates, how they are
    /// read.
    pub fn run_recurrent(
        &self,
        (first_layer, first_block): (usize, usize),
        x: &[Activations],
    ) -> Vec<Activations> {
        let mut inputs: Vec<Sums> = Vec::with_capacity(x.len());
        let mut gates: Vec<Sums> = Vec::with_capacity(x.len());
        for x in x {
            let (mut input, mut gate) =
                (self.bias_sums(first_layer), self.bias_sums(first_layer + 1));
            self.add_product(first_block, x, &mut input);
            self.add_product(first_block + 1, x, &mut gate);
            inputs.push(input);
            gates.push(gate);
        }
        let states = run_states(&inputs, &gates);
        let read = |(i, x): (usize, &Activations)| {
            let mut sums = self.bias_sums(first_layer + 2);
            self.add_neighbours(first_block + 2, &STATE_OFFSETS, &states, i, &mut sums);
            add_residual(x, &sums)
        };
        x.iter().enumerate().map(read).collect()
    }
}

/// The states at every token: the first half goes from start to end, the second from end to start.
fn run_states(inputs: &[Sums], gates: &[Sums]) -> Vec<Activations> {
    let mut states: Vec<Activations> = vec![[0; HIDDEN]; inputs.len()];
    let mut forward = [0; HALF];
    let mut backward = [0; HALF];
    for i in 0..inputs.len() {
        let j = inputs.len() - 1 - i;
        for (i, half, state) in [(i, 0, &mut forward), (j, 1, &mut backward)] {
            let (input, _) = inputs[i].as_chunks::<HALF>();
            let (gate, _) = gates[i].as_chunks::<HALF>();
            let (out, _) = states[i].as_chunks_mut::<HALF>();
            step_state(&input[half], &gate[half], state, &mut out[half]);
        }
    }
    states
}

/// Takes a state one token on: as much of it stays as the gate says, the rest is what comes in.
fn step_state(
    input: &[i32; HALF],
    gate: &[i32; HALF],
    state: &mut [i32; HALF],
    out: &mut [i16; HALF],
) {
    for k in 0..HALF {
        let input = (input[k] / WEIGHT_ONE).clamp(-STATE_INPUT_MAX, STATE_INPUT_MAX);
        let kept = (gate[k] / (4 * WEIGHT_ONE) + ONE / 2).clamp(0, ONE);
        state[k] += (((input << STATE_BITS) - state[k]) * (ONE - kept)) >> 8;
        out[k] = (state[k] >> STATE_BITS) as i16;
    }
}
