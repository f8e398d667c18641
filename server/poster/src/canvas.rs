//! The engine on its device, which draws one picture after the other.

use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;
use std::rc::Rc;

use maplibre::context::MapContext;
use maplibre::headless::HeadlessPlugin;
use maplibre::headless::environment::HeadlessEnvironment;
use maplibre::headless::map::HeadlessMap;
use maplibre::headless::window::HeadlessMapWindowConfig;
use maplibre::io::apc::SchedulerAsyncProcedureCall;
use maplibre::kernel::{Kernel, KernelBuilder};
use maplibre::platform::http_client::ReqwestHttpClient;
use maplibre::platform::scheduler::TokioScheduler;
use maplibre::plugin::Plugin;
use maplibre::render::graph::RenderGraph;
use maplibre::render::resource::{Head, Surface};
use maplibre::render::settings::{Backends, RendererSettings, WgpuSettings};
use maplibre::render::{RenderPlugin, RenderResources, RenderStageLabel, Renderer};
use maplibre::schedule::Schedule;
use maplibre::style::Style;
use maplibre::tcs::system::stage::SystemStage;
use maplibre::tcs::world::World;
use maplibre::vector::{DefaultVectorTransferables, LayerTessellated, VectorPlugin};
use maplibre::window::{MapWindowConfig, WindowSize};
use tokio::runtime::{Builder, Runtime};

use crate::request::Layer;
use crate::style;

/// Why nothing can be drawn.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CanvasError {
    #[error("no device of Vulkan opens ({0}); install libvulkan1 and mesa-vulkan-drivers")]
    Device(String),
    #[error("the engine's runtime does not start: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("a picture of 0 pixels cannot be drawn")]
    Empty,
}

/// A device, and the engine on it.
pub(crate) struct Canvas {
    device: String,
    map: HeadlessMap,
    easel: Rc<Easel>,
    runtime: Runtime,
}

/// What goes into the engine's run and comes out of it: the engine keeps both to itself otherwise.
#[derive(Default)]
struct Easel {
    size: Cell<u32>,
    style: RefCell<Style>,
    pixels: RefCell<Vec<u8>>,
}

impl Canvas {
    /// Opens the device, for pictures of so many pixels each way at first.
    pub(crate) fn open(size: u32) -> Result<Self, CanvasError> {
        let runtime = Builder::new_current_thread().build()?;
        let config = window(size).ok_or(CanvasError::Empty)?;
        let window = config.create();
        let settings = WgpuSettings { backends: Some(Backends::VULKAN), ..WgpuSettings::default() };
        let opened = Renderer::initialize_headless(&window, settings, RendererSettings::default());
        let renderer = runtime.block_on(opened).map_err(|error| CanvasError::Device(error.to_string()))?;
        let info = renderer.adapter.get_info();
        let device = format!("{} ({} {})", info.name, info.driver, info.driver_info);
        let easel = Rc::new(Easel::default());
        let plugins: Vec<Box<dyn Plugin<HeadlessEnvironment>>> = vec![
            Box::new(RenderPlugin),
            Box::new(VectorPlugin::<DefaultVectorTransferables>::default()),
            Box::new(HeadlessPlugin::new(false)),
            Box::new(EaselPlugin(easel.clone())),
        ];
        let map = HeadlessMap::new(Style::default(), renderer, kernel(config), plugins)
            .map_err(|error| CanvasError::Device(error.to_string()))?;
        Ok(Self { device, map, easel, runtime })
    }

    /// The device and its driver, as they call themselves.
    pub(crate) fn device(&self) -> &str {
        &self.device
    }

    /// Draws a valid tile with so many pixels each way: four bytes a pixel, red, green, blue and opacity, rows from
    /// above. White is where no polygon is.
    pub(crate) fn draw(&mut self, size: u32, layers: &[Layer], tile: &[u8]) -> Vec<u8> {
        let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
        let mut tessellated = self.runtime.block_on(self.map.process_tile(tile.into(), &names));
        tessellated.retain(|layer| !layer.is_empty());
        for layer in &mut tessellated {
            // The engine repeats a feature's colour for each index of a triangle, and reads it for each vertex. Where
            // polygons are so degenerate that vertices are left over, those would have none.
            let vertices = u32::try_from(layer.buffer.buffer.vertices.len()).unwrap_or(u32::MAX);
            layer.feature_indices = vec![layer.buffer.usable_indices.max(vertices)];
        }
        self.easel.size.set(size);
        self.easel.style.replace(style::of(layers));
        self.map.render_tile(tessellated);
        self.easel.pixels.take()
    }
}

/// A window, as the engine calls it, of so many pixels each way; `None` for 0.
fn window(size: u32) -> Option<HeadlessMapWindowConfig> {
    WindowSize::new(size, size).map(HeadlessMapWindowConfig::new)
}

/// The engine's parts around the picture. Of the client of HTTP it makes no use here.
fn kernel(window: HeadlessMapWindowConfig) -> Kernel<HeadlessEnvironment> {
    KernelBuilder::new()
        .with_map_window_config(window)
        .with_http_client(ReqwestHttpClient::new(None))
        .with_apc(SchedulerAsyncProcedureCall::new(TokioScheduler::new()))
        .with_scheduler(TokioScheduler::new())
        .build()
}

/// Puts size and style in before each run and takes the picture out after it.
struct EaselPlugin(Rc<Easel>);

impl Plugin<HeadlessEnvironment> for EaselPlugin {
    fn build(
        &self,
        schedule: &mut Schedule,
        _kernel: Rc<Kernel<HeadlessEnvironment>>,
        _world: &mut World,
        _graph: &mut RenderGraph,
    ) {
        let easel = self.0.clone();
        let put_in = SystemStage::default().with_system(move |context: &mut MapContext| {
            context.style = easel.style.take();
            resize(context, easel.size.get());
        });
        schedule.add_stage_before(RenderStageLabel::Prepare, "easel", put_in);
        let easel = self.0.clone();
        schedule.add_system_to_stage(RenderStageLabel::Cleanup, move |context: &mut MapContext| {
            easel.pixels.replace(pixels(&context.renderer));
        });
    }
}

/// Gives the device a picture of another size. The engine resizes windows only; with a new device for each size the
/// driver would keep ten megabytes of the address space each time.
fn resize(context: &mut MapContext, size: u32) {
    let renderer = &mut context.renderer;
    let Some(config) = window(size) else { return };
    if renderer.resources.surface().size().width() != size {
        let surface = Surface::from_image(&renderer.device, &config.create(), &renderer.settings);
        renderer.resources = RenderResources::new(surface);
        context.view_state.resize(size, size);
    }
}

/// Copies the picture from the device, without the bytes that fill its rows up there.
fn pixels(renderer: &Renderer) -> Vec<u8> {
    let surface = renderer.resources.surface();
    let Head::Headless(picture) = surface.head() else { return Vec::new() };
    let bytes = |n: u32| n as usize;
    let row = bytes(surface.size().width()) * 4;
    let padded = bytes(NonZeroU32::get(picture.bytes_per_row()));
    let mapped = picture.map_async(&renderer.device).get_mapped_range();
    let pixels = mapped.chunks_exact(padded).flat_map(|padded| &padded[..row]).copied().collect();
    drop(mapped);
    picture.unmap();
    pixels
}
